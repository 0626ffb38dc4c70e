package io.orrery.telemetry.record;

/** Keeps nothing, for tests and for servers run without telemetry. */
final class NoTelemetry implements TelemetrySink {
    @Override
    public boolean offerTick(final TickSample sample) {
        return true;
    }

    @Override
    public boolean offerLatency(final Measure measure, final long valueNs) {
        return true;
    }

    @Override
    public boolean offerGauge(final Gauge gauge, final long value) {
        return true;
    }
}
