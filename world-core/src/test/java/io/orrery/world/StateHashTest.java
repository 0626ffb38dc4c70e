package io.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.world.entity.EntityKind;
import io.orrery.world.entity.EntityStore;
import io.orrery.world.log.InputLog;
import io.orrery.world.partition.Exchange;
import io.orrery.world.partition.Partition;
import io.orrery.world.partition.WorldCounters;
import io.orrery.world.space.WorldGeometry;
import io.orrery.world.view.GhostTable;
import io.orrery.world.view.TickView;
import io.orrery.world.view.ViewGrid;
import io.orrery.world.view.ViewPublisher;
import io.orrery.world.view.ViewStamp;
import org.junit.jupiter.api.Test;

class StateHashTest {
    private static final int NEIGHBOUR = 1;

    @Test
    void shouldBeEqualForEqualStates() {
        assertThat(hashWithGhost(EntityKind.NPC, NEIGHBOUR, 3)).isEqualTo(hashWithGhost(EntityKind.NPC, NEIGHBOUR, 3));
        assertThat(hashWithDeparture(1, 1)).isEqualTo(hashWithDeparture(1, 1));
    }

    @Test
    void shouldDifferByKindOwnerAndEpochOfAGhost() {
        final long hash = hashWithGhost(EntityKind.NPC, NEIGHBOUR, 3);

        assertThat(hashWithGhost(EntityKind.PLAYER, NEIGHBOUR, 3)).isNotEqualTo(hash);
        assertThat(hashWithGhost(EntityKind.NPC, 2, 3)).isNotEqualTo(hash);
        assertThat(hashWithGhost(EntityKind.NPC, NEIGHBOUR, 4)).isNotEqualTo(hash);
    }

    @Test
    void shouldDifferByTargetAndNumberOfAnEntityInTransit() {
        final long hash = hashWithDeparture(1, 1);

        assertThat(hashWithDeparture(2, 1)).isNotEqualTo(hash);
        assertThat(hashWithDeparture(1, 2)).isNotEqualTo(hash);
    }

    private static long hashWithGhost(final byte kind, final int ownerPartition, final int ownerEpoch) {
        final ViewPublisher publisher = new ViewPublisher(ownerPartition, new ViewGrid(0, 0, 2_048, 2_048, 50), 4, 1);
        final EntityStore store = new EntityStore(2);
        final int row = store.add(9, kind);
        store.x[row] = 1_030;
        store.y[row] = 10;
        store.ownerEpoch[row] = ownerEpoch;
        publisher.publish(new ViewStamp(() -> 0), store, new GhostTable(1));
        return tickedHash(new FixedExchange(publisher.newReader().acquire(), 0), 0);
    }

    private static long hashWithDeparture(final int target, final long sequence) {
        return tickedHash(new FixedExchange(null, sequence), target);
    }

    /** One tick of partition 0 of a map of 2 by 2, with an entity that leaves for the target unless that is 0. */
    private static long tickedHash(final Exchange exchange, final int target) {
        final WorldGeometry geometry = new WorldGeometry(2_048, 2_048, 2, 2);
        final Partition partition = new Partition(new WorldContext().npcCount(0).conclude().plan(0, geometry, InputLog.NONE),
            new WorldCounters(geometry.partitionCount()));
        partition.connect(exchange);
        if (target != 0) {
            final int row = partition.store().add(7, EntityKind.PLAYER);
            partition.store().x[row] = geometry.minX(target) + 1_000;
            partition.store().y[row] = geometry.minY(target) + 1_000;
        }
        partition.onClaimed();
        partition.onTick(0, 1);
        partition.onReleased();
        return partition.stateHash();
    }

    /** Shows one view, accepts every departure under one number. */
    private record FixedExchange(TickView view, long sequence) implements Exchange {
        @Override
        public void drain(final Partition partition, final long slot) {
            // Nothing comes in.
        }

        @Override
        public long ackedCount(final int target) {
            return 0;
        }

        @Override
        public TickView acquireView(final int neighbour) {
            return neighbour == 0 ? view : null;
        }

        @Override
        public void releaseView(final int neighbour) {
            // One view for ever.
        }

        @Override
        public long offerEntity(final int target, final EntityStore store, final int row, final long slot) {
            return sequence;
        }

        @Override
        public long offerSwap(final int target, final EntityStore store, final int row, final long slot) {
            return sequence;
        }

        @Override
        public void onPublished() {
            // Nobody waits.
        }
    }
}
