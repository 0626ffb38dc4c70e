package io.orrery.telemetry.pipeline;

import org.HdrHistogram.Histogram;

/**
 * One kind of duration: its histogram of the running interval and its histogram of the plateau.
 *
 * <p>Writing thread: the telemetry agent. Memory: both grow with the highest value to at most 220 kB each, at {@link #VALUE_MAX_NS}.
 */
final class LatencyBook {
    /** Highest value told apart, in nanoseconds; what is above is recorded as this. */
    static final long VALUE_MAX_NS = 60_000_000_000L;
    /** Decimal digits that are exact. */
    static final int DIGITS = 3;

    private final Histogram interval = new Histogram(DIGITS);
    private final Histogram plateau = new Histogram(DIGITS);
    private final String tag;

    LatencyBook(final String tag) {
        this.tag = tag;
        interval.setTag(tag);
    }

    void record(final long valueNs, final boolean isPlateauOpen) {
        final long keptNs = Math.min(valueNs, VALUE_MAX_NS);
        interval.recordValue(keptNs);
        if (isPlateauOpen) {
            plateau.recordValue(keptNs);
        }
    }

    void markPlateau() {
        plateau.reset();
    }

    String tag() {
        return tag;
    }

    /** Writes the interval's histogram, if it has values, and starts the next with an empty one. */
    void flushInterval(final IntervalLog log, final long startMs, final long endMs) {
        if (interval.getTotalCount() > 0) {
            interval.setStartTimeStamp(startMs);
            interval.setEndTimeStamp(endMs);
            log.write(interval);
        }
        resetInterval();
    }

    void resetInterval() {
        interval.reset();
        // A reset forgets the tag too.
        interval.setTag(tag);
    }

    long intervalCount() {
        return interval.getTotalCount();
    }

    LatencySummary intervalSummary() {
        return LatencySummary.of(tag, interval);
    }

    LatencySummary plateauSummary() {
        return LatencySummary.of(tag, plateau);
    }
}
