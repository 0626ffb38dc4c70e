package io.orrery.transport.reliable;

/** Told of packets that the other side has. */
@FunctionalInterface
public interface AckHandler {
    /**
     * A packet arrived at the other side. Comes once per packet at most, oldest first.
     *
     * @param tag given when the packet was written, never 0.
     */
    void onAcked(long tag);
}
