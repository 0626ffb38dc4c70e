package io.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.orrery.world.partition.WorldCounter;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorldAllocationTest {
    private static final int PLAYERS = 200;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Random random = new Random(3);
    private final long[] players = new long[PLAYERS];
    private final long[] sequences = new long[PLAYERS];

    @Test
    void shouldAllocateNothingInSteadyTicksOfTheDemoWorld() {
        final Stepped stepped = new Stepped(context -> context.npcCount(2_000)
            .threadAllocatedBytes(threads::getCurrentThreadAllocatedBytes));
        for (int i = 0; i < PLAYERS; i++) {
            players[i] = stepped.spawn(1_024 + random.nextFloat() * 200 - 100, 1_024 + random.nextFloat() * 200 - 100);
        }
        run(stepped, 400);
        long leastBytes = Long.MAX_VALUE;
        final long handoffsBefore = stepped.count(WorldCounter.HANDOFFS_IN);

        for (int round = 0; round < 3; round++) {
            leastBytes = Math.min(leastBytes, run(stepped, 300));
        }

        assertThat(leastBytes).isZero();
        assertThat(stepped.count(WorldCounter.HANDOFFS_IN)).isGreaterThan(handoffsBefore + 50);
    }

    private long run(final Stepped stepped, final int ticks) {
        final long beforeBytes = threads.getCurrentThreadAllocatedBytes();
        for (int tick = 0; tick < ticks; tick++) {
            for (int player = tick % 8; player < PLAYERS; player += 8) {
                final long sequence = sequences[player] + 1;
                final int owner = stepped.ownerOf(players[player]);
                if (owner >= 0 && stepped.commands.offerMove(owner, players[player], sequence, random.nextInt(65_536))) {
                    sequences[player] = sequence;
                }
            }
            stepped.tick();
        }
        return threads.getCurrentThreadAllocatedBytes() - beforeBytes;
    }
}
