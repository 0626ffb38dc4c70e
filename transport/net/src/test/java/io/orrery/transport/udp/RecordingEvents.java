package io.orrery.transport.udp;

import io.orrery.transport.netcode.DisconnectReason;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;

/** Remembers what a server told, on the server's thread. */
final class RecordingEvents implements ConnectionEvents {
    /** One message as it came. */
    record Message(long connectionId, byte[] bytes) {
        long number() {
            return new UnsafeBuffer(bytes).getLong(0);
        }
    }

    final List<Long> connectionIds = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    final List<Long> ackedTags = new ArrayList<>();
    final List<DisconnectReason> endings = new ArrayList<>();

    @Override
    public boolean onConnecting(final long clientId, final DirectBuffer userData, final int offset) {
        return true;
    }

    @Override
    public void onConnected(final long connectionId, final long clientId, final DirectBuffer userData, final int offset) {
        connectionIds.add(connectionId);
    }

    @Override
    public void onPayload(final long connectionId, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        messages.add(new Message(connectionId, bytes));
    }

    @Override
    public void onAcked(final long connectionId, final long tag) {
        ackedTags.add(tag);
    }

    @Override
    public void onDisconnected(final long connectionId, final DisconnectReason reason) {
        endings.add(reason);
    }
}
