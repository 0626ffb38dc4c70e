package io.orrery.telemetry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ArrangementTest {
    private static final int PRODUCER_COUNT = 3;
    private static final int OFFER_COUNT = 200_000;

    @Test
    void shouldAccountForEverySampleOnItsOwnThread() throws InterruptedException {
        final TelemetryPipeline pipeline = new TelemetryPipeline(new TelemetryContext().ringCapacity(64).conclude());
        final AtomicInteger faultCount = new AtomicInteger();
        final AtomicLong takenCount = new AtomicLong();
        final AgentRunner runner = new AgentRunner(new BackoffIdleStrategy(), fault -> faultCount.incrementAndGet(), null, pipeline);
        final Thread thread = AgentRunner.startOnThread(runner);
        final Thread[] producers = new Thread[PRODUCER_COUNT];
        for (int i = 0; i < PRODUCER_COUNT; i++) {
            final TelemetrySink sink = pipeline.newSink("producer-" + i);
            producers[i] = new Thread(() -> takenCount.addAndGet(offerAll(sink)));
            producers[i].start();
        }
        for (final Thread producer : producers) {
            producer.join();
        }

        runner.close();

        await().atMost(Duration.ofSeconds(5)).until(() -> !thread.isAlive());
        final TelemetrySnapshot last = pipeline.snapshot();
        assertThat(faultCount.get()).isZero();
        assertThat(last.totals().latencies().getFirst().count()).isEqualTo(takenCount.get());
        assertThat(takenCount.get() + last.queues().lostCount()).isEqualTo((long) PRODUCER_COUNT * OFFER_COUNT);
    }

    private static long offerAll(final TelemetrySink sink) {
        long taken = 0;
        for (int i = 0; i < OFFER_COUNT; i++) {
            if (sink.offerLatency(Measure.VIEW_TO_FRAME, i)) {
                taken++;
            }
        }
        return taken;
    }
}
