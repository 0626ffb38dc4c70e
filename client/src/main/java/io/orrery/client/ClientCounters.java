package io.orrery.client;

/**
 * What an {@link OrreryClient} counts, over all its connections. Writing thread: the client's; others must not read it.
 */
public final class ClientCounters {
    long framesShown;
    long framesLate;
    long framesIgnored;
    long payloads;
    long payloadBytes;
    long sendsRefused;
    final long[] faults = new long[ClientFault.values().length];

    ClientCounters() {
    }

    /**
     * Frames that were the newest when they came.
     *
     * @return count.
     */
    public long framesShown() {
        return framesShown;
    }

    /**
     * Frames that came after a newer one and were kept as baselines.
     *
     * @return count.
     */
    public long framesLate() {
        return framesLate;
    }

    /**
     * Frames that came twice or too late.
     *
     * @return count.
     */
    public long framesIgnored() {
        return framesIgnored;
    }

    /**
     * Messages received.
     *
     * @return count.
     */
    public long payloads() {
        return payloads;
    }

    /**
     * Bytes of messages received, without the transport's.
     *
     * @return bytes.
     */
    public long payloadBytes() {
        return payloadBytes;
    }

    /**
     * Messages that the transport did not take; each was sent again later.
     *
     * @return count.
     */
    public long sendsRefused() {
        return sendsRefused;
    }

    /**
     * Faults of one kind.
     *
     * @param fault which.
     * @return count.
     */
    public long faults(final ClientFault fault) {
        return faults[fault.ordinal()];
    }
}
