package io.orrery.telemetry.record;

/**
 * Takes samples off a producer's hands without making it wait.
 *
 * <p>Calling thread: one producer per sink at a time; a partition that moves to another thread takes its sink along under the same
 * release/acquire hand-over. No method blocks, allocates or throws.
 */
public interface TelemetrySink {
    /** A sink that takes everything and keeps nothing. */
    TelemetrySink NONE = new NoTelemetry();

    /**
     * Offers the figures of one tick.
     *
     * @param sample copied before this returns.
     * @return false if there was no room: the sample is lost and counted, the caller goes on.
     */
    boolean offerTick(TickSample sample);

    /**
     * Offers one duration.
     *
     * @param measure what was measured.
     * @param valueNs nanoseconds, from 0.
     * @return false if there was no room: the value is lost and counted, the caller goes on.
     */
    boolean offerLatency(Measure measure, long valueNs);

    /**
     * Offers the newest value of a gauge.
     *
     * @param gauge which.
     * @param value its value now, from 0.
     * @return false if there was no room: the value is lost and counted, the caller goes on.
     */
    boolean offerGauge(Gauge gauge, long value);
}
