package io.orrery.transport.udp;

import io.orrery.transport.netcode.ClientState;

import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;

/** Remembers what a client told. */
final class RecordingClientEvents implements ClientEvents {
    final List<byte[]> messages = new ArrayList<>();
    final List<Long> ackedTags = new ArrayList<>();
    final List<ClientState> states = new ArrayList<>();
    int connectedCount;

    @Override
    public void onConnected(final int clientIndex, final int clientCapacity) {
        connectedCount++;
    }

    @Override
    public void onPayload(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        messages.add(bytes);
    }

    @Override
    public void onAcked(final long tag) {
        ackedTags.add(tag);
    }

    @Override
    public void onStateChange(final ClientState state) {
        states.add(state);
    }
}
