package io.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.telemetry.record.TickSample;
import io.orrery.world.partition.WorldCounter;
import io.orrery.world.tick.TickFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemNanoClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionFaultTest {
    private static final int BROKEN = 1;

    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldTellTheErrorHandlerOnceAndGoOnWithTheOthersWhenAPartitionBreaks(final int threadCount) {
        final TelemetrySink broken = new BrokenSink();
        final World world = new World(new WorldContext().npcCount(40).tickPeriodNs(WorldContext.TICK_PERIOD_MIN_NS)
            .clock(SystemNanoClock.INSTANCE).telemetrySinks(partition -> partition == BROKEN ? broken : TelemetrySink.NONE).conclude());
        final List<AgentRunner> runners = new ArrayList<>();
        for (final Agent agent : world.agents(threadCount)) {
            runners.add(new AgentRunner(world.newIdleStrategy(), faults::add, null, agent));
        }

        runners.forEach(AgentRunner::startOnThread);
        Awaitility.await().atMost(20, TimeUnit.SECONDS).pollInterval(2, TimeUnit.MILLISECONDS).until(() -> {
            final boolean isPast = world.counters().of(WorldCounter.FAULTS, BROKEN) > 0;
            return isPast && world.counters().of(WorldCounter.TICKS, 0) >= 30 && world.counters().of(WorldCounter.TICKS, 3) >= 30;
        });
        final long count = world.checkConservation();
        world.close();
        runners.forEach(AgentRunner::close);

        assertThat(faults).as("T5").hasSize(1);
        assertThat(faults.peek()).isInstanceOf(TickFault.class).hasMessageStartingWith("partition 1 stopped for good in slot ")
            .hasRootCauseMessage("broken");
        assertThat(world.counters().of(WorldCounter.FAULTS, BROKEN)).isEqualTo(1);
        assertThat(world.counters().sum(WorldCounter.FAULTS)).isEqualTo(1);
        assertThat(count).isEqualTo(40);
    }

    private static final class BrokenSink implements TelemetrySink {
        @Override
        public boolean offerTick(final TickSample sample) {
            if (sample.slot >= 3) {
                throw new IllegalStateException("broken");
            }
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
}
