package io.orrery.transport.udp;

import io.orrery.transport.crypto.PacketCipher;
import io.orrery.transport.netcode.ClientShared;
import io.orrery.transport.netcode.ClientState;
import io.orrery.transport.netcode.DisconnectReason;
import io.orrery.transport.netcode.ManualClock;
import io.orrery.transport.netcode.NetCounters;
import io.orrery.transport.netcode.NetcodeServerContext;
import io.orrery.transport.netcode.Tokens;

import org.agrona.DirectBuffer;

import java.net.InetSocketAddress;
import java.util.List;

/** One server and one connected client without sockets and without garbage of their surroundings. */
final class LinkedPair implements ConnectionEvents, ClientEvents {
    static final InetSocketAddress CLIENT = Tokens.address("10.6.0.1", 3000);

    final ManualClock clock = new ManualClock();
    final NetCounters counters = new NetCounters();
    final DirectLink toServer = new DirectLink();
    final DirectLink toClient = new DirectLink();
    final MessageServer server;
    final MessageClient client;
    long connectionId;
    long messageCount;
    long ackedCount;

    LinkedPair(final PacketCipher serverCipher, final PacketCipher clientCipher) {
        final NetcodeServerContext context = new NetcodeServerContext()
            .protocolId(Tokens.PROTOCOL_ID).privateKey(Tokens.PRIVATE_KEY).publicAddresses(List.of(Tokens.SERVER))
            .clientCapacity(16).nanoClock(clock).epochClock(clock.epoch()).counters(counters).cipher(serverCipher).conclude();
        server = new MessageServer(context, 16, counters, toClient, this);
        client = new MessageClient(new ClientShared(clientCipher, new NetCounters()), clock, toServer, this);
        client.connect(Tokens.mint(1));
        for (int i = 0; i < 4; i++) {
            deliver();
        }
        if (client.netcode().state() != ClientState.CONNECTED) {
            throw new IllegalStateException("not connected");
        }
    }

    void deliver() {
        for (int i = 0; i < toServer.count(); i++) {
            server.onDatagram(CLIENT, toServer.datagram(i), 0, toServer.length(i));
        }
        toServer.clear();
        for (int i = 0; i < toClient.count(); i++) {
            client.onDatagram(Tokens.SERVER, toClient.datagram(i), 0, toClient.length(i), clock.nanoTime());
        }
        toClient.clear();
    }

    @Override
    public boolean onConnecting(final long clientId, final DirectBuffer userData, final int offset) {
        return true;
    }

    @Override
    public void onConnected(final long id, final long clientId, final DirectBuffer userData, final int offset) {
        connectionId = id;
    }

    @Override
    public void onPayload(final long id, final DirectBuffer buffer, final int offset, final int length) {
        messageCount++;
    }

    @Override
    public void onAcked(final long id, final long tag) {
        ackedCount++;
    }

    @Override
    public void onDisconnected(final long id, final DisconnectReason reason) {
        throw new IllegalStateException("disconnected: " + reason);
    }

    @Override
    public void onConnected(final int clientIndex, final int clientCapacity) {
        messageCount = 0;
    }

    @Override
    public void onPayload(final DirectBuffer buffer, final int offset, final int length) {
        messageCount++;
    }

    @Override
    public void onAcked(final long tag) {
        ackedCount++;
    }

    @Override
    public void onStateChange(final ClientState state) {
        messageCount = 0;
    }
}
