package io.orrery.telemetry.record;

/** Durations that are kept as histograms, apart from those in {@link TickSample}. Names are stable: operators' tools use them. */
public enum Measure {
    /** Nanoseconds that one pass of a replication agent over all its clients took. */
    REPLICATION_PASS("replication_pass"),
    /** Nanoseconds from publication of a view to the moment its last frame was handed to the transport. */
    VIEW_TO_FRAME("view_to_frame"),
    /** Nanoseconds from a client's connection to its character's being asked into the world. */
    CONNECT("connect");

    private final String label;

    Measure(final String label) {
        this.label = label;
    }

    /**
     * Name in files and metrics.
     *
     * @return lower case with underscores, without a unit.
     */
    public String label() {
        return label;
    }
}
