package io.orrery.platform.error;

/**
 * One kind of fault and how often it was seen.
 *
 * @param first the first one seen, with its stack trace.
 * @param count how often, from 1.
 * @param firstMs when it was first seen, milliseconds since 1970.
 * @param lastMs when it was last seen, milliseconds since 1970.
 */
public record DistinctError(Throwable first, long count, long firstMs, long lastMs) {
    /**
     * What operators read.
     *
     * @return count, times and the first fault's own description, without its stack trace.
     */
    public String summary() {
        return count + " x " + first + " (first " + firstMs + " ms, last " + lastMs + " ms since 1970)";
    }
}
