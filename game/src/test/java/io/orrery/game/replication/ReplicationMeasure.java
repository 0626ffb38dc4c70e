package io.orrery.game.replication;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** Question: what does replication cost for one client and frame, in processor time? Prints median and 99th percentile. Run by hand. */
final class ReplicationMeasure {
    private static final int WARM_UP_SLOTS = 150;
    private static final int SLOTS = 150;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ReplicationMeasure() {
    }

    public static void main(final String[] args) {
        measure("demo world, 200 clients, 2,200 entities", 200,
            new ReplicationLoad(200, context -> context.npcCount(2_000), 20, 2_028, 512));
        measure("500 clients in one interest radius", 500,
            new ReplicationLoad(500, context -> context.widthMetres(400).heightMetres(400).partitionColumns(1).partitionRows(1)
                .moveSpeedMetresPerSecond(2), 150, 220, 1_024));
    }

    private static void measure(final String name, final int clientCount, final ReplicationLoad load) {
        final long[] passNs = new long[SLOTS];
        long framesBefore = 0;
        long bytesBefore = 0;
        for (int i = 0; i < WARM_UP_SLOTS + SLOTS; i++) {
            if (i == WARM_UP_SLOTS) {
                framesBefore = load.frameCount;
                bytesBefore = load.frameBytes;
            }
            load.tickWorld();
            final long startNs = THREADS.getCurrentThreadCpuTime();
            load.replicate();
            if (i >= WARM_UP_SLOTS) {
                passNs[i - WARM_UP_SLOTS] = THREADS.getCurrentThreadCpuTime() - startNs;
            }
        }
        Arrays.sort(passNs);
        final long frames = load.frameCount - framesBefore;
        System.out.printf(
            "%s: %.2f us per client and frame (p99 %.2f), pass %.0f us (p99 %.0f), %.0f bytes per frame, budget overflows %d%n",
            name, passNs[SLOTS / 2] / 1e3 / clientCount, passNs[SLOTS * 99 / 100] / 1e3 / clientCount, passNs[SLOTS / 2] / 1e3,
            passNs[SLOTS * 99 / 100] / 1e3, (double) (load.frameBytes - bytesBefore) / frames, load.agent.counters().budgetOverflowCount());
    }
}
