package io.orrery.transport.netcode;

import org.agrona.DirectBuffer;

import java.net.InetSocketAddress;

/** The way out for datagrams: a socket, or a network that a test simulates. */
@FunctionalInterface
public interface DatagramSender {
    /**
     * Sends one datagram or says at once that it cannot.
     *
     * @param target where to.
     * @param buffer off-heap; not kept.
     * @param offset of the datagram, in bytes.
     * @param length of the datagram, in bytes.
     * @return false if it was not taken; the caller counts it as lost and goes on.
     */
    boolean send(InetSocketAddress target, DirectBuffer buffer, int offset, int length);
}
