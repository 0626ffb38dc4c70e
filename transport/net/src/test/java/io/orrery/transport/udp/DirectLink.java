package io.orrery.transport.udp;

import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.netcode.DatagramSender;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.net.InetSocketAddress;

/** Keeps the datagrams sent last, without making objects: a wire for measurements. */
final class DirectLink implements DatagramSender {
    private static final int CAPACITY = 16;
    private static final int LENGTH_MAX = 2048;

    private final UnsafeBuffer[] datagrams = new UnsafeBuffer[CAPACITY];
    private final int[] lengths = new int[CAPACITY];
    private int count;

    DirectLink() {
        for (int i = 0; i < CAPACITY; i++) {
            datagrams[i] = OffHeap.allocate(LENGTH_MAX);
        }
    }

    @Override
    public boolean send(final InetSocketAddress target, final DirectBuffer buffer, final int offset, final int length) {
        if (count < CAPACITY) {
            datagrams[count].putBytes(0, buffer, offset, length);
            lengths[count] = length;
            count++;
        }
        return true;
    }

    int count() {
        return count;
    }

    UnsafeBuffer datagram(final int index) {
        return datagrams[index];
    }

    int length(final int index) {
        return lengths[index];
    }

    void clear() {
        count = 0;
    }
}
