package io.orrery.telemetry.pipeline;

import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TickSample;

/**
 * One place of a producer's ring: holds a sample of any type, so that samples of one producer stay in order.
 *
 * <p>Writing thread: the producer between claim and publish; the telemetry agent only reads. Memory: fixed, about 240 bytes.
 */
final class TelemetryEvent {
    static final int TYPE_TICK = 1;
    static final int TYPE_LATENCY = 2;
    static final int TYPE_GAUGE = 3;

    private final TickSample tick = new TickSample();
    private int type;
    private Measure measure;
    private Gauge gauge;
    private long value;

    void setTick(final TickSample sample) {
        type = TYPE_TICK;
        tick.copyFrom(sample);
    }

    void setLatency(final Measure newMeasure, final long valueNs) {
        type = TYPE_LATENCY;
        measure = newMeasure;
        value = valueNs;
    }

    void setGauge(final Gauge newGauge, final long newValue) {
        type = TYPE_GAUGE;
        gauge = newGauge;
        value = newValue;
    }

    int type() {
        return type;
    }

    TickSample tick() {
        return tick;
    }

    Measure measure() {
        return measure;
    }

    Gauge gauge() {
        return gauge;
    }

    long value() {
        return value;
    }
}
