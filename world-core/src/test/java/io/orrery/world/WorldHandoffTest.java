package io.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.world.command.CommandProxy;
import io.orrery.world.command.MoveRule;
import io.orrery.world.partition.WorldCounter;
import io.orrery.world.view.TickView;
import io.orrery.world.view.ViewPublisher;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldHandoffTest {
    private static final double TICK_SECONDS = 0.05;

    @ParameterizedTest
    @ValueSource(strings = {"ascending", "descending", "firstAhead", "secondAhead"})
    void shouldMoveOnceForEachSlotAcrossHandoffsInAnyTickOrder(final String order) {
        final Stepped stepped = new Stepped(context -> context.partitionRows(1));
        final int heading = 1_000;
        final long id = stepped.spawn(1_010, 700);
        stepped.commands.offerMove(0, id, 1, heading);
        final float vx = MoveRule.velocityX(heading, 6);
        final float vy = MoveRule.velocityY(heading, 6);

        for (long slot = 0; slot < 400; slot++) {
            final boolean isSecondFirst = order.equals("descending");
            final long first = order.equals("firstAhead") ? slot + 1 : slot;
            final long second = order.equals("secondAhead") ? slot + 1 : slot;
            if (isSecondFirst) {
                tickOne(stepped, 1, second);
                tickOne(stepped, 0, first);
            } else {
                tickOne(stepped, 0, first);
                tickOne(stepped, 1, second);
            }
            for (int partition = 0; partition < 2; partition++) {
                final TickView view = stepped.view(partition);
                final int row = view.rowOf(id);
                if (row >= 0 && view.flags()[row] == 0) {
                    final long moved = view.slot() - view.commandSlots()[row] + 1;
                    assertThat(view.xCm()[row]).as("partition %d, slot %d", partition, view.slot())
                        .isCloseTo(ViewPublisher.quantised(1_010 + vx * TICK_SECONDS * moved), within());
                    assertThat(view.yCm()[row]).isCloseTo(ViewPublisher.quantised(700 + vy * TICK_SECONDS * moved), within());
                }
            }
            assertThat(stepped.ownerOf(id) >= 0 || isInTransit(stepped, id)).as("slot %d: shown by somebody", slot).isTrue();
            assertThat(stepped.world.checkConservation()).isEqualTo(1);
        }

        assertThat(stepped.ownerOf(id)).isEqualTo(1);
        assertThat(stepped.count(WorldCounter.HANDOFFS_IN)).isEqualTo(1);
    }

    @Test
    void shouldKeepShowingALeavingEntityInTheFormerOwnersView() {
        final Stepped stepped = new Stepped(context -> context.partitionRows(1));
        final long id = stepped.spawn(1_020, 700);
        stepped.commands.offerMove(0, id, 1, 0);
        int lastXCm = 0;

        for (int i = 0; i < 200; i++) {
            stepped.tick();
            final TickView view = stepped.view(0);
            final int row = view.rowOf(id);

            assertThat(row).as("slot %d", view.slot()).isNotNegative();
            assertThat(view.xCm()[row]).as("slot %d", view.slot()).isBetween(lastXCm, lastXCm + (lastXCm == 0 ? 110_000 : 61));
            lastXCm = view.xCm()[row];
        }

        assertThat(stepped.view(0).flags()[stepped.view(0).rowOf(id)]).isEqualTo(TickView.FLAG_GHOST);
        assertThat(stepped.view(0).ownerPartitions()[stepped.view(0).rowOf(id)]).isEqualTo((short) 1);
    }

    @Test
    void shouldCarryTheCommandSequenceAcrossAHandoff() {
        final Stepped stepped = new Stepped(context -> context.partitionRows(1));
        final CommandProxy commands = stepped.commands;
        final long id = stepped.spawn(1_023, 700);
        commands.offerMove(0, id, 1, 0);
        stepped.ticks(20);
        assertThat(stepped.ownerOf(id)).isEqualTo(1);

        commands.offerMove(0, id, 1, 20_000);
        commands.offerMove(0, id, 3, 20_000);
        commands.offerStop(0, id, 2);
        stepped.ticks(3);

        final TickView view = stepped.view(1);
        final int row = view.rowOf(id);
        assertThat(view.commandSequences()[row]).isEqualTo(2);
        assertThat(stepped.count(WorldCounter.COMMANDS_FORWARDED)).isEqualTo(3);
        assertThat(stepped.count(WorldCounter.COMMANDS_DUPLICATE)).isEqualTo(1);
        assertThat(stepped.count(WorldCounter.COMMANDS_GAP)).isEqualTo(1);
        assertThat(view.ownerEpochs()[row]).isEqualTo(1);
    }

    @Test
    void shouldReachAnEntityWithADespawnThatRacesItsHandoff() {
        final Stepped stepped = new Stepped(context -> context.partitionRows(1));
        final long id = stepped.spawn(1_023, 700);
        stepped.commands.offerMove(0, id, 1, 0);
        long slot = 0;
        while (stepped.count(WorldCounter.HANDOFFS_OUT) == 0) {
            stepped.tickPartition(0, slot++, 1);
        }

        stepped.commands.offerDespawn(0, id);
        stepped.tickPartition(0, slot, 1);
        stepped.tickPartition(1, slot, 1);

        assertThat(stepped.count(WorldCounter.DESPAWNED)).isEqualTo(1);
        assertThat(stepped.world.checkConservation()).isZero();
    }

    @Test
    void shouldTeleportToAnyPartition() {
        final Stepped stepped = new Stepped(context -> context.partitionColumns(4).partitionRows(4));
        final long id = stepped.spawn(10, 10);
        stepped.tick();

        stepped.commands.offerTeleport(0, id, 2_000, 2_000);
        stepped.ticks(4);
        stepped.commands.offerMove(0, id, 1, 5);
        stepped.ticks(3);

        assertThat(stepped.ownerOf(id)).isEqualTo(15);
        final TickView view = stepped.view(15);
        assertThat(view.commandSequences()[view.rowOf(id)]).isEqualTo(1);
        assertThat(stepped.view(0).rowOf(id)).isEqualTo(TickView.MISSING);
        assertThat(stepped.world.checkConservation()).isEqualTo(1);
    }

    @Test
    void shouldKeepAnEntityWhileTheWayIsFull() {
        final Stepped stepped = new Stepped(context -> context.partitionRows(1).handoffCapacity(4));
        final long[] ids = new long[5];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = stepped.spawn(1_100, 700 + i);
        }
        stepped.tick();

        for (final long id : ids) {
            stepped.commands.offerTeleport(1, id, 500, 700);
        }
        stepped.tickPartition(1, 1, 1);

        assertThat(stepped.count(WorldCounter.HANDOFFS_OUT)).as("one place is kept for swaps").isEqualTo(3);
        assertThat(stepped.count(WorldCounter.HANDOFFS_REFUSED_FULL)).isEqualTo(2);
        assertThat(stepped.world.checkConservation()).isEqualTo(5);
        for (int slot = 2; slot < 8; slot++) {
            stepped.tickPartition(0, slot, 1);
            stepped.tickPartition(1, slot, 1);
        }
        assertThat(stepped.view(0).ownedCount()).isEqualTo(5);
        assertThat(stepped.world.checkConservation()).isEqualTo(5);
    }

    private static void tickOne(final Stepped stepped, final int partition, final long slot) {
        stepped.tickPartition(partition, slot, 1);
    }

    private static boolean isInTransit(final Stepped stepped, final long id) {
        for (int i = 0; i < 2; i++) {
            final int row = stepped.view(i).rowOf(id);
            if (row >= 0 && (stepped.view(i).flags()[row] & TickView.FLAG_IN_TRANSIT) != 0) {
                return true;
            }
        }
        return false;
    }

    private static Offset<Integer> within() {
        return Offset.offset(1);
    }
}
