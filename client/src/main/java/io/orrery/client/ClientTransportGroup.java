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

    /** Closes every member that is still open, then what they shared. Idempotent. */
    @Override
    void close();
}
