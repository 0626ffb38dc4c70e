package io.orrery.client;

/**
 * Many clients' transports on one thread, polled together.
 *
 * <p>Calling thread: the one that drives all its clients.
 */
public interface ClientTransportGroup extends ClientTransportFactory, AutoCloseable {
    /**
     * Receives for all members and keeps their connections alive.
     *
     * @return how much was done, 0 for nothing.
     */
    int doWork();

    /**
     * Bytes of datagrams that members received, past and present ones, with 28 bytes of IPv4 and UDP header each.
     *
     * @return since the group was made.
     */
    long bytesReceived();

    /**
     * Bytes of datagrams that members sent, past and present ones, with 28 bytes of IPv4 and UDP header each.
     *
     * @return since the group was made.
     */
    long bytesSent();

    /**
     * Datagrams that members received, past and present ones.
     *
     * @return since the group was made.
     */
    long packetsReceived();

    /**
     * Datagrams that members sent, past and present ones.
     *
     * @return since the group was made.
     */
    long packetsSent();

    /** Closes every member that is still open, then what they shared. Idempotent. */
    @Override
    void close();
}
