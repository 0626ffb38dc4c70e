package io.orrery.game.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ReplicationAllocationTest {
    private static final int ROUND_SLOTS = 60;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void shouldAllocateNothingForTheFramesOfTheDemoWorld() {
        final ReplicationLoad load = new ReplicationLoad(200, context -> context.npcCount(2_000), 20, 2_028, 512);

        final long leastBytes = leastBytes(load);

        assertThat(leastBytes).isZero();
        assertThat(load.frameCount).isBetween(4L * ROUND_SLOTS * 195, 4L * ROUND_SLOTS * 200);
        assertThat(load.stepped.world.checkConservation()).isEqualTo(2_200);
    }

    @Test
    void shouldAllocateNothingWhenFramesAreFull() {
        final ReplicationLoad load = new ReplicationLoad(200, context -> context.entityCapacity(512), 100, 160, 150);

        final long leastBytes = leastBytes(load);

        assertThat(leastBytes).isZero();
        assertThat(load.agent.counters().budgetOverflowCount()).isPositive();
        assertThat(load.agent.counters().interestOverflowCount()).isPositive();
    }

    private static long leastBytes(final ReplicationLoad load) {
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 4; round++) {
            long bytes = 0;
            for (int i = 0; i < ROUND_SLOTS; i++) {
                load.tickWorld();
                final long before = THREADS.getCurrentThreadAllocatedBytes();
                load.replicate();
                bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            leastBytes = round == 0 ? leastBytes : Math.min(leastBytes, bytes);
        }
        return leastBytes;
    }
}
