package io.orrery.telemetry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;

import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import org.junit.jupiter.api.Test;

class TelemetryPipelineTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @Test
    void shouldTellTheFrameRateOfEachPartition() {
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");

        for (int slot = 0; slot < 40; slot++) {
            fixture.clocks.advanceMs(50);
            fixture.tick(sink, 0, slot, 1, 1);
            if (slot % 2 == 0) {
                fixture.tick(sink, 1, slot, 1, 1);
            }
            fixture.pipeline().doWork();
        }

        final WorldFigures world = fixture.pipeline().snapshot().world();
        assertThat(world.fpsMin()).isCloseTo(10, within(1e-9));
        assertThat(world.fpsMedian()).isCloseTo(15, within(1e-9));
        assertThat(world.fpsMax()).isCloseTo(20, within(1e-9));
    }

    @Test
    void shouldShowNoRippleWhenStepsStraddleTheInterval() {
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        final List<Double> seen = new ArrayList<>();

        for (int slot = 0; slot < 400; slot++) {
            fixture.clocks.advanceMs(slot % 2 == 0 ? 47 : 53);
            fixture.tick(sink, 0, slot, 1, 1);
            fixture.pipeline().doWork();
            seen.add(fixture.pipeline().snapshot().world().fpsMin());
        }

        assertThat(seen.subList(60, 400)).allSatisfy(fps -> assertThat(fps).isCloseTo(20, within(.07)));
    }

    @Test
    void shouldTellAStalledPartition() {
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        final long next = fixture.run(sink, 0, 40, 1);
        for (int i = 0; i < 30; i++) {
            fixture.clocks.advanceMs(100);
            fixture.pipeline().doWork();
        }

        final double stalledFps = fixture.pipeline().snapshot().world().fpsMin();
        fixture.run(sink, next, 40, 1);

        assertThat(stalledFps).isZero();
        assertThat(fixture.pipeline().snapshot().world().fpsMin()).isCloseTo(20, within(.01));
    }

    @Test
    void shouldNotTakeASlowWorldForAStalledOne() {
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        final List<Double> seen = new ArrayList<>();

        for (int slot = 0; slot < 20; slot++) {
            fixture.tick(sink, 0, slot, 1, 1);
            for (int step = 0; step < 11; step++) {
                fixture.pipeline().doWork();
                fixture.clocks.advanceMs(100);
            }
            seen.add(fixture.pipeline().snapshot().world().fpsMin());
        }

        assertThat(seen.subList(3, 20)).allSatisfy(fps -> assertThat(fps).isCloseTo(1 / 1.1, within(.01)));
    }

    @Test
    void shouldSummariseTheIntervalOnly() {
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        sink.offerLatency(Measure.VIEW_TO_FRAME, 9_000_000);
        final long next = fixture.run(sink, 0, 20, 5_000_000);

        fixture.run(sink, next, 20, 2_000_000);

        final TelemetrySnapshot snapshot = fixture.pipeline().snapshot();
        assertThat(snapshot.sequence()).isEqualTo(2);
        assertThat(snapshot.latencies()).isEmpty();
        assertThat(snapshot.world().tick().count()).isEqualTo(20);
        assertThat(snapshot.world().tick().maxNs()).isCloseTo(2_000_000, within(2_000L));
        assertThat(snapshot.world().partitions().getFirst().tick().p50Ns()).isCloseTo(2_000_000, within(2_000L));
    }

    @Test
    void shouldTurnGaugesIntoRatesBetweenArrivals() {
        final TelemetrySink in = fixture.pipeline().newSink("net-io-0");
        final TelemetrySink other = fixture.pipeline().newSink("net-io-1");
        for (int i = 0; i <= 30; i++) {
            in.offerGauge(Gauge.PACKETS_IN, 70L * i);
            other.offerGauge(Gauge.PACKETS_IN, 7L * i);
            in.offerGauge(Gauge.USERS, 5);
            fixture.pipeline().doWork();
            fixture.clocks.advanceMs(70);
        }

        final GaugeFigures gauges = fixture.pipeline().snapshot().gauges();

        assertThat(gauges.ratePerS(Gauge.PACKETS_IN)).isCloseTo(1_100, within(1e-6));
        assertThat(gauges.value(Gauge.USERS)).isEqualTo(5);
    }

    @Test
    void shouldForgetTheRateOfASilentProducer() {
        final TelemetrySink sink = fixture.pipeline().newSink("net-io-0");
        for (int i = 0; i < 11; i++) {
            sink.offerGauge(Gauge.BYTES_IN, 100L * i);
            fixture.pipeline().doWork();
            fixture.clocks.advanceMs(100);
        }

        for (int second = 0; second < 3; second++) {
            fixture.clocks.advanceMs(1000);
            fixture.pipeline().doWork();
        }

        assertThat(fixture.pipeline().snapshot().gauges().ratePerS(Gauge.BYTES_IN)).isZero();
        assertThat(fixture.pipeline().snapshot().gauges().value(Gauge.BYTES_IN)).isEqualTo(1_000);
    }

    @Test
    void shouldLeaveOutImpossibleSamplesAndCountThem() {
        fixture.context.partitionCapacity(2);
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        fixture.tick(sink, 0, 5, 1, 1);
        fixture.tick(sink, 0, 5, 1, 1);
        fixture.tick(sink, 0, 6, -1, 1);
        fixture.tick(sink, 0, 6, 1, -1);
        fixture.tick(sink, 2, 6, 1, 1);
        fixture.tick(sink, -1, 6, 1, 1);
        sink.offerLatency(Measure.CONNECT, -1);
        sink.offerGauge(Gauge.USERS, -1);
        sink.offerLatency(Measure.CONNECT, Long.MAX_VALUE);

        fixture.clocks.advanceMs(1000);
        fixture.pipeline().doWork();

        assertThat(fixture.pipeline().snapshot().queues().refusedCount()).isEqualTo(7);
        assertThat(fixture.pipeline().snapshot().world().tick().count()).isEqualTo(1);
        assertThat(fixture.pipeline().snapshot().latencies().getFirst().maxNs()).isGreaterThanOrEqualTo(LatencyBook.VALUE_MAX_NS);
    }

    @Test
    void shouldBoundTheWorkOfOneDutyCycle() {
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        for (int i = 0; i < 1024; i++) {
            sink.offerLatency(Measure.CONNECT, i);
        }

        assertThat(fixture.pipeline().doWork()).as("G2").isEqualTo(TelemetryPipeline.EVENT_LIMIT);
        assertThat(fixture.pipeline().doWork()).isEqualTo(TelemetryPipeline.EVENT_LIMIT);
        assertThat(fixture.pipeline().doWork()).isZero();
    }

    @Test
    void shouldPublishOneSnapshotAfterAPause() {
        final List<TelemetrySnapshot> seen = new ArrayList<>();
        fixture.context.snapshotListener(seen::add);
        fixture.pipeline().doWork();

        fixture.clocks.advanceMs(5_300);
        for (int i = 0; i < 10; i++) {
            fixture.pipeline().doWork();
        }
        fixture.clocks.advanceMs(700);
        fixture.pipeline().doWork();

        assertThat(seen).as("G3").extracting(TelemetrySnapshot::sequence).containsExactly(1L, 2L);
        assertThat(seen.getLast()).isSameAs(fixture.pipeline().snapshot());
        assertThat(seen.getLast().elapsedNs()).isEqualTo(6_000_000_000L);
        assertThat(seen.getLast().epochMs()).isEqualTo(ManualClocks.START_MS + 6_000);
    }

    @Test
    void shouldSurviveAListenerThatFails() {
        fixture.context.snapshotListener(snapshot -> {
            throw new IllegalStateException("listener");
        });
        fixture.pipeline();

        for (int i = 0; i < 2; i++) {
            fixture.clocks.advanceMs(1000);
            fixture.pipeline().doWork();
        }

        assertThat(fixture.pipeline().snapshot().queues().faultCount()).as("G4").isEqualTo(1);
    }

    @Test
    void shouldTakeInWhatIsLeftWhenItCloses() {
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        for (int slot = 0; slot < 1024; slot++) {
            fixture.tick(sink, 0, slot, 1, 1);
        }
        fixture.pipeline().endPlateau();

        fixture.pipeline().onClose();
        fixture.pipeline().onClose();

        assertThat(fixture.pipeline().snapshot().totals().ticksRun()).isEqualTo(1024);
        assertThat(fixture.pipeline().snapshot().sequence()).isEqualTo(1);
        assertThat(fixture.pipeline().doWork()).isZero();
        assertThat(fixture.tick(sink, 0, 2000, 1, 1)).as("the ring still takes, nobody reads").isTrue();
        assertThatThrownBy(() -> fixture.pipeline().newSink("late")).isInstanceOf(IllegalStateException.class)
            .hasMessage("producer late: telemetry is closed");
    }

    @Test
    void shouldBeReadableBeforeTheFirstInterval() {
        final TelemetrySnapshot snapshot = fixture.pipeline().snapshot();

        assertThat(snapshot.sequence()).isZero();
        assertThat(snapshot.world().fpsMin()).isZero();
        assertThat(snapshot.totals().summaryFacts()).containsEntry("ticks_run", 0L);
    }

    @Test
    void shouldSampleTheProcess() {
        fixture.pipeline();
        fixture.clocks.advanceMs(1000);
        fixture.pipeline().doWork();

        final SystemFigures system = fixture.pipeline().snapshot().system();

        assertThat(system.physicalBytes()).isGreaterThan(10_000_000L);
        assertThat(system.virtualBytes()).isGreaterThan(system.physicalBytes());
        assertThat(system.heapUsedBytes()).isPositive().isLessThanOrEqualTo(system.heapCommittedBytes());
        assertThat(system.cpuTimeNs()).isPositive();
        assertThat(system.cpuRatio()).isBetween(0.0, 1.0);
    }

    @Test
    void shouldRefuseSinksItCannotKeepApart() {
        fixture.context.producerCapacity(2);
        fixture.pipeline().newSink("world-0");

        assertThatThrownBy(() -> fixture.pipeline().newSink("world-0")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("producerName=world-0, must be different from all others");
        assertThatThrownBy(() -> fixture.pipeline().newSink("two words")).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("producerName=two words, must match ");
        assertThatThrownBy(() -> fixture.pipeline().newSink(null)).isInstanceOf(IllegalArgumentException.class);
        fixture.pipeline().newSink("world-1");
        assertThatThrownBy(() -> fixture.pipeline().newSink("world-2")).isInstanceOf(IllegalStateException.class)
            .hasMessage("producer world-2: there are producerCapacity=2 already");
    }
}
