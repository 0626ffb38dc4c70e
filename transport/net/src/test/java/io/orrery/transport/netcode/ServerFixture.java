package io.orrery.transport.netcode;

import org.agrona.DirectBuffer;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A server on a simulated network, with everything it told. */
final class ServerFixture implements NetcodeServerHandler {
    record Connected(long connectionId, long clientId, byte[] userData) {
    }

    record Disconnected(long connectionId, DisconnectReason reason) {
    }

    record Payload(long connectionId, byte[] bytes) {
    }

    final NetCounters counters = new NetCounters();
    final List<Connected> connected = new ArrayList<>();
    final List<Disconnected> disconnected = new ArrayList<>();
    final List<Payload> payloads = new ArrayList<>();
    final NetcodeServer server;
    boolean isWanted = true;
    Runnable onPayload = () -> { };

    ServerFixture(final SimulatedNetwork network, final ManualClock clock, final int clientCapacity) {
        this(network, clock, new NetcodeServerContext().clientCapacity(clientCapacity), Tokens.SERVER);
    }

    ServerFixture(
        final SimulatedNetwork network, final ManualClock clock, final NetcodeServerContext context, final InetSocketAddress address) {
        context.protocolId(Tokens.PROTOCOL_ID).privateKey(Tokens.PRIVATE_KEY).publicAddresses(List.of(address))
            .nanoClock(clock).epochClock(clock.epoch()).counters(counters).conclude();
        server = new NetcodeServer(context, network.sender(address), this);
        network.attach(address, server::onDatagram);
    }

    int send(final long connectionId, final byte[] bytes) {
        server.payloadBuffer().putBytes(NetcodeServer.PAYLOAD_OFFSET, bytes);
        return server.sendPayload(connectionId, bytes.length);
    }

    long refused(final RefusalReason reason) {
        return counters.refused(reason);
    }

    @Override
    public boolean onConnecting(final long clientId, final DirectBuffer userData, final int offset) {
        return isWanted;
    }

    @Override
    public void onConnected(final long connectionId, final long clientId, final DirectBuffer userData, final int offset) {
        final byte[] bytes = new byte[Netcode.USER_DATA_LENGTH];
        userData.getBytes(offset, bytes);
        connected.add(new Connected(connectionId, clientId, bytes));
    }

    @Override
    public void onPayload(final long connectionId, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        payloads.add(new Payload(connectionId, bytes));
        onPayload.run();
    }

    @Override
    public boolean onSendDue(final long connectionId) {
        return false;
    }

    @Override
    public void onDisconnected(final long connectionId, final DisconnectReason reason) {
        disconnected.add(new Disconnected(connectionId, reason));
    }
}
