package io.orrery.client;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A connection in memory: keeps what the client sends, and hands over what a test lets arrive. */
final class FakeTransport implements ClientTransport {
    final List<byte[]> sent = new ArrayList<>();
    final ClientTransportEvents events;
    boolean isFull;
    boolean isClosed;
    boolean isRecording = true;
    int connectState = 1;

    FakeTransport(final ClientTransportEvents events) {
        this.events = events;
    }

    @Override
    public void connect(final byte[] connectToken) {
        events.onStateChange(connectState);
    }

    @Override
    public int send(final int channel, final DirectBuffer buffer, final int offset, final int length) {
        if (isFull) {
            return -3;
        }
        if (isRecording) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            sent.add(bytes);
        }
        return 1;
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public void close() {
        isClosed = true;
        events.onStateChange(0);
    }

    void accept() {
        events.onStateChange(STATE_CONNECTED);
        events.onConnected();
    }

    void deliver(final byte[] message) {
        // In the middle of a larger buffer, as sockets do it: what lies around must not be read.
        final byte[] bytes = new byte[message.length + 64];
        System.arraycopy(message, 0, bytes, 32, message.length);
        events.onPayload(new UnsafeBuffer(bytes), 32, message.length);
    }

    byte[] takeSent() {
        return sent.remove(0);
    }
}
