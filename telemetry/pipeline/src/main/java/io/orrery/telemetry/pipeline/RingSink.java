package io.orrery.telemetry.pipeline;

import java.util.concurrent.atomic.AtomicLong;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.telemetry.record.TickSample;

/**
 * One producer's way into the pipeline: a ring that only this producer writes and only the telemetry agent reads.
 *
 * <p>Writing thread: the producer's, one at a time; it may move to another thread under release/acquire, which is why places are claimed
 * with {@code tryNext} (the Disruptor's {@code next} asserts one thread for ever). The telemetry agent owns the poller and the gauges.
 * Memory: the ring, made here; nothing after. Guarantees: an offer never waits, allocates or throws.
 */
final class RingSink implements TelemetrySink {
    private static final long NO_ROOM = -1L;

    private final String producerName;
    private final RingBuffer<TelemetryEvent> ring;
    private final EventPoller<TelemetryEvent> poller;
    private final GaugeBook gauges = new GaugeBook();
    private final AtomicLong lostCount = new AtomicLong();

    RingSink(final String producerName, final int ringCapacity) {
        this.producerName = producerName;
        ring = RingBuffer.createSingleProducer(TelemetryEvent::new, ringCapacity, new YieldingWaitStrategy());
        poller = ring.newPoller();
        ring.addGatingSequences(poller.getSequence());
    }

    @Override
    public boolean offerTick(final TickSample sample) {
        final long sequence = sample == null ? NO_ROOM : claim();
        if (sequence == NO_ROOM) {
            return refuse();
        }
        ring.get(sequence).setTick(sample);
        ring.publish(sequence);
        return true;
    }

    @Override
    public boolean offerLatency(final Measure measure, final long valueNs) {
        final long sequence = measure == null ? NO_ROOM : claim();
        if (sequence == NO_ROOM) {
            return refuse();
        }
        ring.get(sequence).setLatency(measure, valueNs);
        ring.publish(sequence);
        return true;
    }

    @Override
    public boolean offerGauge(final Gauge gauge, final long value) {
        final long sequence = gauge == null ? NO_ROOM : claim();
        if (sequence == NO_ROOM) {
            return refuse();
        }
        ring.get(sequence).setGauge(gauge, value);
        ring.publish(sequence);
        return true;
    }

    String producerName() {
        return producerName;
    }

    long lostCount() {
        return lostCount.get();
    }

    int pendingCount() {
        return (int) (ring.getCursor() - poller.getSequence().get());
    }

    /** The telemetry agent's alone. */
    EventPoller<TelemetryEvent> poller() {
        return poller;
    }

    /** The telemetry agent's alone. */
    GaugeBook gauges() {
        return gauges;
    }

    private long claim() {
        try {
            return ring.tryNext();
        } catch (final InsufficientCapacityException full) {
            // One preallocated object without a stack trace: neither slow nor garbage.
            return NO_ROOM;
        }
    }

    private boolean refuse() {
        // One writer at a time: a plain increment, released to the reader.
        lostCount.lazySet(lostCount.getPlain() + 1);
        return false;
    }
}
