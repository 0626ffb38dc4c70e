package io.orrery.transport.http;

/**
 * What a {@link HealthCheck} found.
 *
 * @param isUp whether the part can do its work.
 * @param detail one line for operators; shown to those who may read metrics only. May be empty.
 */
public record HealthState(boolean isUp, String detail) {
    /** A part that works, nothing to say. */
    public static final HealthState UP = new HealthState(true, "");

    /**
     * A part that does not work.
     *
     * @param detail why, one line.
     * @return the state.
     */
    public static HealthState down(final String detail) {
        return new HealthState(false, detail);
    }
}
