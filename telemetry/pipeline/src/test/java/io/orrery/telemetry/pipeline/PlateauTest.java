package io.orrery.telemetry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;

import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import org.junit.jupiter.api.Test;

class PlateauTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private final TelemetrySink sink = fixture.pipeline().newSink("world-0");

    @Test
    void shouldLeaveRampUpAndDrainOut() {
        sink.offerLatency(Measure.CONNECT, 1_000);
        final long plateau = fixture.run(sink, 0, 40, 30_000_000);
        fixture.pipeline().markPlateau();
        fixture.pipeline().doWork();
        fixture.sample.ownedCount = 530;
        final long drain = fixture.run(sink, plateau, 40, 2_000_000);
        fixture.pipeline().endPlateau();
        fixture.pipeline().doWork();

        fixture.sample.ownedCount = 500;
        fixture.run(sink, drain, 40, 30_000_000);

        final PlateauTotals totals = fixture.pipeline().snapshot().totals();
        assertThat(totals.isMarked()).isTrue();
        assertThat(totals.durationNs()).isEqualTo(2_000_000_000L);
        assertThat(totals.ticksRun()).isEqualTo(40);
        assertThat(totals.ticksDue()).isEqualTo(40);
        assertThat(totals.ownedCount()).isEqualTo(530);
        assertThat(totals.tick().maxNs()).isCloseTo(2_000_000, within(2_000L));
        assertThat(totals.latencies()).extracting(LatencySummary::tag).containsExactly("partition-0.tick", "partition-0.lateness");
        assertThat(totals.fpsMin()).isCloseTo(20, within(.01));
    }

    @Test
    void shouldCountSlotsThatNoStepCovered() {
        fixture.pipeline().markPlateau();
        fixture.pipeline().doWork();
        fixture.tick(sink, 0, 100, 1, 1);
        fixture.tick(sink, 0, 101, 1, 1);
        fixture.tick(sink, 0, 105, 1, 1);

        fixture.pipeline().onClose();

        assertThat(fixture.pipeline().snapshot().totals().ticksRun()).isEqualTo(3);
        assertThat(fixture.pipeline().snapshot().totals().ticksDue()).isEqualTo(6);
    }

    @Test
    void shouldChargeAPartitionThatStoppedWithTheSlotsOfTheOthers() {
        for (int slot = 0; slot < 10; slot++) {
            fixture.tick(sink, 0, slot, 1, 1);
            if (slot < 4) {
                fixture.tick(sink, 1, slot, 1, 1);
            }
            if (slot < 9) {
                fixture.tick(sink, 2, slot, 1, 1);
            }
        }

        fixture.pipeline().onClose();

        assertThat(fixture.pipeline().snapshot().totals().ticksRun()).isEqualTo(23);
        assertThat(fixture.pipeline().snapshot().totals().ticksDue()).as("10 + 9 owed by the stopped one + 9").isEqualTo(28);
    }

    @Test
    void shouldHoldTheLowestFrameRateOfWholeIntervals() {
        fixture.pipeline().markPlateau();
        fixture.pipeline().doWork();
        long slot = fixture.run(sink, 0, 40, 1);
        for (int i = 0; i < 10; i++) {
            fixture.clocks.advanceMs(100);
            fixture.tick(sink, 0, slot++, 1, 1);
            fixture.pipeline().doWork();
        }

        fixture.run(sink, slot, 60, 1);

        assertThat(fixture.pipeline().snapshot().totals().fpsMin()).isCloseTo(10, within(.6));
    }

    @Test
    void shouldComputeTheFactsOfASummary() {
        sink.offerGauge(Gauge.USERS, 200);
        sink.offerGauge(Gauge.BYTES_OUT, 1_000_000);
        fixture.sample.handoffOutCount = 5;
        fixture.sample.allocatedBytes = 4096;
        final long plateau = fixture.run(sink, 0, 20, 1_000_000);
        fixture.pipeline().markPlateau();
        fixture.pipeline().doWork();
        fixture.sample.allocatedBytes = 0;
        for (int second = 1; second <= 10; second++) {
            fixture.sample.handoffOutCount = 5L + second;
            fixture.sample.ownedCount = 2_200;
            fixture.run(sink, plateau + 20L * (second - 1), 20, 1_500_000);
            sink.offerGauge(Gauge.BYTES_OUT, 1_000_000 + second * 800_000L);
            sink.offerGauge(Gauge.PACKETS_IN, second * 4_000L);
            sink.offerGauge(Gauge.PACKETS_OUT, second * 4_100L);
            fixture.pipeline().doWork();
        }

        fixture.pipeline().endPlateau();
        fixture.pipeline().onClose();

        final PlateauTotals totals = fixture.pipeline().snapshot().totals();
        assertThat(totals.userMean()).isCloseTo(200, within(1e-9));
        assertThat(totals.summaryFacts()).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
            Map.entry("duration_s", 10.0), Map.entry("partitions", 1), Map.entry("fps_min", 20.0),
            Map.entry("ticks_run", 200L), Map.entry("ticks_due", 200L),
            Map.entry("tick_p50_us", 1500.2), Map.entry("tick_p99_us", 1500.2),
            Map.entry("tick_max_us", 1500.2), Map.entry("bytes_per_client_per_s", 4000.0),
            Map.entry("packets_per_s_in", 4000.0), Map.entry("packets_per_s_out", 4100.0),
            Map.entry("entities", 2200L), Map.entry("handoffs", 10L),
            Map.entry("allocated_bytes_per_tick", 0.0)));
    }
}
