package io.orrery.telemetry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.telemetry.record.TickSample;
import org.junit.jupiter.api.Test;

class RingSinkTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @Test
    void shouldRefuseAndCountWhenFull() {
        fixture.context.ringCapacity(16);
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        for (int slot = 0; slot < 16; slot++) {
            assertThat(fixture.tick(sink, 0, slot, 1, 1)).isTrue();
        }

        final boolean isTickTaken = fixture.tick(sink, 0, 16, 1, 1);
        final boolean isLatencyTaken = sink.offerLatency(Measure.CONNECT, 1);
        final boolean isGaugeTaken = sink.offerGauge(Gauge.USERS, 1);
        fixture.clocks.advanceMs(1000);
        fixture.pipeline().doWork();

        assertThat(isTickTaken || isLatencyTaken || isGaugeTaken).as("G1").isFalse();
        assertThat(fixture.pipeline().snapshot().queues().lostCount()).isEqualTo(3);
        assertThat(fixture.pipeline().snapshot().queues().producers())
            .containsExactly(new QueueFigures.Producer("world-0", 3, 0));
        assertThat(fixture.pipeline().snapshot().world().partitions().getFirst().tickCount()).isEqualTo(16);
    }

    @Test
    void shouldTakeAgainOnceDrained() {
        fixture.context.ringCapacity(16);
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        for (int i = 0; i < 20; i++) {
            sink.offerLatency(Measure.CONNECT, i);
        }

        fixture.pipeline().doWork();

        assertThat(sink.offerLatency(Measure.CONNECT, 1)).isTrue();
    }

    @Test
    void shouldCopyTheSampleBeforeItReturns() {
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        fixture.sample.countByKind[1] = 7;
        fixture.sample.ownedCount = 7;
        fixture.tick(sink, 0, 1, 1, 1);

        fixture.sample.clear();
        fixture.clocks.advanceMs(1000);
        fixture.pipeline().doWork();

        assertThat(fixture.pipeline().snapshot().world().countByKind()).containsEntry("npc", 7L).containsEntry("player", 0L);
    }

    @Test
    void shouldRefuseNullWithoutJammingTheRing() {
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");

        final boolean isTaken = sink.offerTick(null) || sink.offerLatency(null, 1) || sink.offerGauge(null, 1);
        sink.offerGauge(Gauge.USERS, 3);
        fixture.clocks.advanceMs(1000);
        fixture.pipeline().doWork();

        assertThat(isTaken).isFalse();
        assertThat(fixture.pipeline().snapshot().gauges().value(Gauge.USERS)).isEqualTo(3);
    }

    @Test
    void shouldMoveToAnotherThreadWithItsPartition() throws InterruptedException {
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        fixture.tick(sink, 0, 1, 1, 1);

        final Thread mover = new Thread(() -> fixture.tick(sink, 0, 2, 1, 1));
        mover.start();
        mover.join();
        fixture.tick(sink, 0, 3, 1, 1);
        fixture.clocks.advanceMs(1000);
        fixture.pipeline().doWork();

        assertThat(fixture.pipeline().snapshot().world().partitions().getFirst().tickCount()).isEqualTo(3);
    }

    @Test
    void shouldAllocateNothingOnTheProducersThread() throws InterruptedException {
        fixture.context.ringCapacity(16);
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        final TickSample sample = new TickSample();
        final long[] leastBytes = {Long.MAX_VALUE};

        final Thread producer = new Thread(() -> {
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            offerMany(sink, sample);
            for (int round = 0; round < 3; round++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                offerMany(sink, sample);
                leastBytes[0] = Math.min(leastBytes[0], threads.getCurrentThreadAllocatedBytes() - before);
            }
        });
        producer.start();
        while (producer.isAlive()) {
            fixture.pipeline().doWork();
        }
        producer.join();

        assertThat(leastBytes[0]).as("bytes, with room and without").isZero();
    }

    private static void offerMany(final TelemetrySink sink, final TickSample sample) {
        for (int i = 0; i < 20_000; i++) {
            sample.slot++;
            sink.offerTick(sample);
            sink.offerLatency(Measure.REPLICATION_PASS, i);
            sink.offerGauge(Gauge.PACKETS_IN, i);
        }
    }
}
