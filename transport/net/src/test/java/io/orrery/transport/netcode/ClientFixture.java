package io.orrery.transport.netcode;

import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.crypto.PacketCiphers;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A client on a simulated network, with everything it told. */
final class ClientFixture implements NetcodeClientHandler {
    final NetCounters counters = new NetCounters();
    final List<ClientState> states = new ArrayList<>();
    final List<byte[]> payloads = new ArrayList<>();
    final InetSocketAddress address;
    final NetcodeClient client;

    private final ManualClock clock;
    private byte[] lastToken;

    ClientFixture(final SimulatedNetwork network, final ManualClock clock, final InetSocketAddress address) {
        this.clock = clock;
        this.address = address;
        client = new NetcodeClient(new ClientShared(PacketCiphers.create(), counters), network.sender(address), this);
        network.attach(address, (source, buffer, offset, length) ->
            client.onDatagram(source, buffer, offset, length, clock.nanoTime()));
    }

    boolean connect(final byte[] token) {
        lastToken = token.clone();
        return client.connect(token, clock.nanoTime());
    }

    /** Client-to-server and server-to-client key of the token used last. */
    UnsafeBuffer[] keys() {
        final UnsafeBuffer[] keys = {OffHeap.allocate(Netcode.KEY_LENGTH), OffHeap.allocate(Netcode.KEY_LENGTH)};
        ConnectToken.parse(lastToken).copyKeys(keys[0], keys[1]);
        return keys;
    }

    void step() {
        client.onTimer(clock.nanoTime());
    }

    void disconnect() {
        client.disconnect(clock.nanoTime());
    }

    int send(final byte[] bytes) {
        client.payloadBuffer().putBytes(NetcodeClient.PAYLOAD_OFFSET, bytes);
        return client.sendPayload(bytes.length, clock.nanoTime());
    }

    @Override
    public void onStateChange(final ClientState state) {
        states.add(state);
    }

    @Override
    public void onPayload(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        payloads.add(bytes);
    }

    @Override
    public boolean onSendDue() {
        return false;
    }
}
