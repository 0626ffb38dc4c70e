package io.orrery.world;

import com.sun.management.ThreadMXBean;
import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.telemetry.record.TickSample;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.awaitility.Awaitility;

/** Measures the demo world, a crowded partition, and how late ticks start. Run by hand; prints one line for each figure.
 * Steps are timed in CPU time, so that other work on the machine disturbs them less. */
public final class WorldFigures {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private WorldFigures() {
    }

    /**
     * Runs all of them.
     *
     * @param arguments none.
     */
    public static void main(final String[] arguments) {
        demo();
        crowd();
        lateness(16_666_667L);
    }

    private static void demo() {
        final Collector collector = new Collector();
        final Stepped stepped = new Stepped(context -> context.npcCount(2_000));
        final Random random = new Random(1);
        final long[] players = new long[200];
        for (int i = 0; i < players.length; i++) {
            players[i] = stepped.spawn(random.nextFloat() * 2_048, random.nextFloat() * 2_048);
        }
        long sequence = 0;
        long slot = 0;
        for (int i = 0; i < 4_000; i++) {
            if (i % 20 == 0) {
                sequence++;
                for (final long player : players) {
                    stepped.commands.offerMove(Math.max(0, stepped.ownerOf(player)), player, sequence, random.nextInt(65_536));
                }
            }
            for (int partition = 0; partition < 4; partition++) {
                final long fromNs = THREADS.getCurrentThreadCpuTime();
                stepped.tickPartition(partition, slot, 1);
                if (i >= 2_000) {
                    collector.add(THREADS.getCurrentThreadCpuTime() - fromNs);
                }
            }
            slot++;
        }
        collector.print("demo partition tick, 2,000 NPCs and 200 players in 2 x 2");
    }

    private static void crowd() {
        final int count = 100_000;
        final Collector collector = new Collector();
        final Stepped stepped = new Stepped(context -> context.partitionColumns(1).partitionRows(1).npcCount(count).npcPauseMinNs(0)
            .npcPauseMaxNs(0).entityCapacity(count + 10));
        for (int i = 0; i < 600; i++) {
            final long fromNs = THREADS.getCurrentThreadCpuTime();
            stepped.tickPartition(0, i, 1);
            if (i >= 300) {
                collector.add(THREADS.getCurrentThreadCpuTime() - fromNs);
            }
        }
        collector.print("one partition, 100,000 walking NPCs");
        System.out.printf("  = %.1f ns/entity (median)%n", collector.medianNs() / (double) count);
    }

    private static void lateness(final long periodNs) {
        final Collector collector = new Collector();
        final World world = new World(new WorldContext().tickPeriodNs(periodNs).telemetrySinks(partition -> collector).npcCount(0)
            .partitionColumns(1).partitionRows(1).threadAllocatedBytes(THREADS::getCurrentThreadAllocatedBytes).conclude());
        final Agent agent = world.agents(1).get(0);
        final AgentRunner runner = new AgentRunner(world.newIdleStrategy(), Throwable::printStackTrace, null, agent);
        final Thread thread = AgentRunner.startOnThread(runner);
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> collector.count() >= 300);
        final long cpuNs = THREADS.getThreadCpuTime(thread.threadId());
        final int from = collector.count();
        final long beginNs = System.nanoTime();
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> collector.count() >= from + 600);
        final double cpuPercent = 100.0 * (THREADS.getThreadCpuTime(thread.threadId()) - cpuNs) / (System.nanoTime() - beginNs);
        runner.close();
        world.close();
        collector.print("tick-start lateness at 60 Hz, one empty partition");
        System.out.printf("  CPU %.2f %%%n", cpuPercent);
    }

    private static final class Collector implements TelemetrySink {
        private final List<Long> valuesNs = new ArrayList<>();

        synchronized void add(final long valueNs) {
            valuesNs.add(valueNs);
        }

        synchronized int count() {
            return valuesNs.size();
        }

        synchronized long medianNs() {
            final long[] sorted = sorted();
            return sorted[sorted.length / 2];
        }

        synchronized void print(final String what) {
            final long[] sorted = sorted();
            System.out.printf("%s: least %.1f us, p50 %.1f us, p99 %.1f us, max %.1f us (%d)%n", what,
                sorted[0] / 1e3, sorted[sorted.length / 2] / 1e3,
                sorted[sorted.length * 99 / 100] / 1e3, sorted[sorted.length - 1] / 1e3, sorted.length);
        }

        private long[] sorted() {
            final long[] sorted = valuesNs.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted;
        }

        @Override
        public boolean offerTick(final TickSample sample) {
            add(sample.latenessNs);
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
