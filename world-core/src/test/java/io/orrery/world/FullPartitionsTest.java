package io.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.world.entity.EntityStore;
import io.orrery.world.log.MemoryInputLog;
import io.orrery.world.partition.WorldCounter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FullPartitionsTest {
    private static final int ENTITY_CAPACITY = 8;
    private static final int ROUNDS = 60;
    private static final float WEST_X = 500;
    private static final float EAST_X = 1_500;

    private final List<MemoryInputLog> logs = new ArrayList<>();

    @Test
    void shouldExchangeTheEntitiesOfTwoFullPartitionsWhoseWaysAreFull() {
        final Stepped stepped = new Stepped(this::small);
        fillStoresAndWays(stepped);
        final long total = stepped.world.checkConservation();
        final long takenBefore = stepped.count(WorldCounter.HANDOFFS_IN);

        sendAll(stepped, 0, EAST_X);
        sendAll(stepped, 1, WEST_X);
        for (int slot = 20; slot < 20 + ROUNDS; slot++) {
            stepped.tickPartition(0, slot, 1);
            stepped.tickPartition(1, slot, 1);
            assertThat(stepped.world.checkConservation()).as("slot %d", slot).isEqualTo(total);
        }

        assertThat(total).isEqualTo(2 * ENTITY_CAPACITY + 6);
        assertThat(strangers(stepped)).as("P5: entities that wait for ever").isZero();
        assertThat(stepped.count(WorldCounter.HANDOFFS_IN) - takenBefore).isGreaterThanOrEqualTo(2 * ENTITY_CAPACITY);
        assertThat(stepped.count(WorldCounter.HANDOFFS_SWAPPED)).isPositive();
    }

    @Test
    void shouldReplaySwapsToEqualHashes() {
        final Stepped stepped = new Stepped(this::small);
        fillStoresAndWays(stepped);
        sendAll(stepped, 0, EAST_X);
        sendAll(stepped, 1, WEST_X);
        for (int slot = 20; slot < 20 + ROUNDS; slot++) {
            stepped.tickPartition(0, slot, 1);
            stepped.tickPartition(1, slot, 1);
        }

        final long replayed = new WorldReplayer(small(new WorldContext().npcCount(0)).conclude(), List.copyOf(logs.subList(0, 2))).replay();

        assertThat(stepped.count(WorldCounter.HANDOFFS_SWAPPED)).isPositive();
        assertThat(replayed).isEqualTo(stepped.count(WorldCounter.TICKS) + 2 * ROUNDS + 6);
    }

    /** The western partition is ten slots behind, so that it holds what comes from the east and fills its room by spawning. */
    private static void fillStoresAndWays(final Stepped stepped) {
        spawn(stepped, WEST_X);
        spawn(stepped, EAST_X);
        stepped.tickPartition(0, 0, 1);
        stepped.tickPartition(1, 0, 1);

        sendAll(stepped, 1, WEST_X);
        stepped.tickPartition(1, 10, 1);
        spawn(stepped, EAST_X);
        stepped.tickPartition(1, 11, 1);

        sendAll(stepped, 0, EAST_X);
        stepped.tickPartition(0, 1, 1);
        spawn(stepped, WEST_X);
        stepped.tickPartition(0, 2, 1);
    }

    private static void spawn(final Stepped stepped, final float x) {
        for (int i = 0; i < ENTITY_CAPACITY; i++) {
            stepped.spawn(x, 700);
        }
    }

    private static void sendAll(final Stepped stepped, final int partition, final float toX) {
        final EntityStore store = stepped.world.partition(partition).store();
        for (int row = 0; row < store.count(); row++) {
            stepped.commands.offerTeleport(partition, store.id[row], toX, 700);
        }
    }

    private static int strangers(final Stepped stepped) {
        int count = 0;
        for (int partition = 0; partition < 2; partition++) {
            final EntityStore store = stepped.world.partition(partition).store();
            for (int row = 0; row < store.count(); row++) {
                if (stepped.world.partitionAt((float) store.x[row], (float) store.y[row]) != partition) {
                    count++;
                }
            }
        }
        return count;
    }

    private WorldContext small(final WorldContext context) {
        return context.partitionRows(1).entityCapacity(ENTITY_CAPACITY).handoffCapacity(4).tombstoneLifeNs(Stepped.PERIOD_NS)
            .inputLogs(partition -> {
                final MemoryInputLog log = new MemoryInputLog(1 << 16);
                logs.add(log);
                return log;
            });
    }
}
