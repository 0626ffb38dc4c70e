package io.orrery.telemetry.record;

/**
 * Values of a server of which the newest counts; where several producers offer the same gauge, each its own share, the newest of each are
 * added up. Names are stable: operators' tools use them.
 */
public enum Gauge {
    /** Connected users. */
    USERS("users", false),
    /** Datagrams received, since start. */
    PACKETS_IN("packets_in", true),
    /** Datagrams sent, since start. */
    PACKETS_OUT("packets_out", true),
    /** Bytes of datagrams received, since start. */
    BYTES_IN("bytes_in", true),
    /** Bytes of datagrams sent, since start. */
    BYTES_OUT("bytes_out", true),
    /** Datagrams refused, since start. */
    PACKETS_REFUSED("packets_refused", true),
    /** Client commands refused because they broke a rule, since start. */
    COMMANDS_REFUSED("commands_refused", true),
    /** Messages lost to a full queue, since start. */
    QUEUE_FULL("queue_full", true);

    private final String label;
    private final boolean isCumulative;

    Gauge(final String label, final boolean isCumulative) {
        this.label = label;
        this.isCumulative = isCumulative;
    }

    /**
     * Name in files and metrics.
     *
     * @return lower case with underscores.
     */
    public String label() {
        return label;
    }

    /**
     * Whether the value only goes up, so that its rate is what matters.
     *
     * @return true for counts since start.
     */
    public boolean isCumulative() {
        return isCumulative;
    }
}
