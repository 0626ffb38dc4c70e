package io.orrery.transport.udp;

import io.orrery.transport.crypto.OffHeap;
import io.orrery.transport.netcode.DatagramSender;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;

/**
 * One non-blocking datagram channel as a way in and out.
 *
 * <p>One thread. NIO makes an address object whenever the sender changes from one datagram to the next; nothing else is allocated.
 */
final class DatagramPort implements DatagramSender {
    /** A little more than the longest packet, so that one too long is seen to be too long and not cut to fit. */
    static final int RECEIVE_BUFFER_LENGTH = 2048;

    private final DatagramChannel channel;

    DatagramPort(final DatagramChannel channel) {
        this.channel = channel;
    }

    static UnsafeBuffer receiveBuffer() {
        return OffHeap.allocate(RECEIVE_BUFFER_LENGTH);
    }

    @Override
    public boolean send(final InetSocketAddress target, final DirectBuffer buffer, final int offset, final int length) {
        final ByteBuffer bytes = buffer.byteBuffer();
        final int start = buffer.wrapAdjustment() + offset;
        bytes.limit(start + length).position(start);
        try {
            return channel.send(bytes, target) == length;
        } catch (final IOException | UnsupportedAddressTypeException | UnresolvedAddressException e) {
            // Unreachable, too big for the interface, wrong family: all of them are a datagram lost, which the caller counts.
            return false;
        }
    }

    /** Receives one datagram into the whole buffer; null if there is none. */
    InetSocketAddress receive(final ByteBuffer bytes) throws IOException {
        bytes.clear();
        return (InetSocketAddress) channel.receive(bytes);
    }

    DatagramChannel channel() {
        return channel;
    }
}
