package io.orrery.telemetry.pipeline;

import java.util.List;

import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.telemetry.record.TickSample;

/** A pipeline that a test steps by hand, and a producer for it. */
final class PipelineFixture {
    final ManualClocks clocks = new ManualClocks();
    final TelemetryContext context = new TelemetryContext()
        .nanoClock(clocks).epochClock(clocks::epochMs).kindNames(List.of("player", "npc"));
    final TickSample sample = new TickSample();
    private TelemetryPipeline pipeline;

    TelemetryPipeline pipeline() {
        if (pipeline == null) {
            pipeline = new TelemetryPipeline(context.conclude());
        }
        return pipeline;
    }

    boolean tick(final TelemetrySink sink, final int partition, final long slot, final long durationNs, final long latenessNs) {
        sample.partition = partition;
        sample.slot = slot;
        sample.durationNs = durationNs;
        sample.latenessNs = latenessNs;
        return sink.offerTick(sample);
    }

    /** Runs ticks of 20 Hz for partition 0, a duty cycle after each. */
    long run(final TelemetrySink sink, final long firstSlot, final int tickCount, final long durationNs) {
        for (long slot = firstSlot; slot < firstSlot + tickCount; slot++) {
            clocks.advanceMs(50);
            tick(sink, 0, slot, durationNs, 1_000);
            pipeline().doWork();
        }
        return firstSlot + tickCount;
    }
}
