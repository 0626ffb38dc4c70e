package io.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.world.entity.EntityKind;
import io.orrery.world.partition.WorldCounter;
import io.orrery.world.system.HaltSystem;
import io.orrery.world.tick.OverloadPolicy;
import io.orrery.world.view.TickView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldSimulationTest {
    private static final double TICK_SECONDS = 0.05;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldLoseAndDoubleNobodyInRandomTickOrdersWithFullWays(final long seed) {
        final Random random = new Random(seed);
        final Stepped stepped = new Stepped(context -> context.partitionColumns(3).partitionRows(3).handoffCapacity(2).npcCount(300)
            .entityCapacity(120).commandRingCapacity(64).seed(seed));
        final int partitions = stepped.world.partitionCount();
        final long[] slots = new long[partitions];
        final List<Long> players = new ArrayList<>();
        final Map<Long, Long> sequences = new HashMap<>();

        for (int step = 0; step < 9_000; step++) {
            for (int i = 0; i < 3; i++) {
                command(stepped, random, players, sequences);
            }
            final int partition = random.nextInt(partitions);
            stepped.tickPartition(partition, slots[partition], 1);
            slots[partition]++;
            if (step % 50 == 0) {
                stepped.world.checkConservation();
            }
        }
        for (final long id : players) {
            stepped.commands.offerDespawn(random.nextInt(partitions), id);
        }
        long slot = 0;
        for (final long reached : slots) {
            slot = Math.max(slot, reached);
        }
        for (int i = 0; i < 200; i++) {
            for (int partition = 0; partition < partitions; partition++) {
                stepped.tickPartition(partition, slot + i, 1);
            }
        }

        assertThat(stepped.world.checkConservation()).as("seed %d", seed)
            .isEqualTo(stepped.count(WorldCounter.SPAWNED) - stepped.count(WorldCounter.DESPAWNED));
        assertThat(stepped.count(WorldCounter.HANDOFFS_IN)).as("seed %d", seed).isGreaterThan(500);
        assertThat(stepped.count(WorldCounter.HANDOFFS_REFUSED_FULL)).as("seed %d", seed).isPositive();
        assertThat(stepped.count(WorldCounter.COMMANDS_FORWARDED)).as("seed %d", seed).isPositive();
        assertThat(stepped.count(WorldCounter.HANDOFFS_IN)).as("all arrived").isEqualTo(stepped.count(WorldCounter.HANDOFFS_OUT));
    }

    @Test
    void shouldShowEveryPlayerAllThatIsWithinItsInterestRadius() {
        final long seed = 5;
        final Random random = new Random(seed);
        final Stepped stepped = new Stepped(context -> context.npcCount(1_500).seed(seed));
        final Map<Long, Long> sequences = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            sequences.put(stepped.spawn(1_024 + random.nextFloat() * 300 - 150, 1_024 + random.nextFloat() * 300 - 150), 0L);
        }

        stepped.tick();

        for (int tick = 0; tick < 200; tick++) {
            for (final Map.Entry<Long, Long> player : sequences.entrySet()) {
                if (random.nextInt(10) == 0) {
                    player.setValue(player.getValue() + 1);
                    final int owner = Math.max(0, stepped.ownerOf(player.getKey()));
                    stepped.commands.offerMove(owner, player.getKey(), player.getValue(), random.nextInt(65_536));
                }
            }
            stepped.tick();
            checkInterest(stepped);
        }

        assertThat(stepped.count(WorldCounter.HANDOFFS_IN)).isGreaterThan(20);
        assertThat(stepped.count(WorldCounter.GHOSTS_DROPPED)).isZero();
    }

    @Test
    void shouldHaltAnNpcNearAPlayerOfTheNeighbour() {
        final Stepped stepped = new Stepped(context -> context.partitionRows(1).npcCount(6_000).npcPauseMinNs(0).npcPauseMaxNs(0));
        stepped.ticks(2);
        final TickView view = stepped.view(0);
        int npc = -1;
        for (int row = 0; row < view.count(); row++) {
            if (view.flags()[row] == 0 && view.xCm()[row] > 102_100 && (npc < 0 || view.xCm()[row] > view.xCm()[npc])) {
                npc = row;
            }
        }
        assertThat(npc).as("an NPC within 3 m of the border").isNotNegative();
        final long npcId = view.ids()[npc];
        stepped.spawn(1_024.01f, view.yCm()[npc] / 100f);

        stepped.ticks(3);
        final int xCm = stepped.view(0).xCm()[stepped.view(0).rowOf(npcId)];
        final int yCm = stepped.view(0).yCm()[stepped.view(0).rowOf(npcId)];
        stepped.ticks(50);

        assertThat(stepped.ownerOf(npcId)).isZero();
        assertThat(stepped.view(0).xCm()[stepped.view(0).rowOf(npcId)]).isEqualTo(xCm);
        assertThat(stepped.view(0).yCm()[stepped.view(0).rowOf(npcId)]).isEqualTo(yCm);
    }

    @ParameterizedTest
    @ValueSource(ints = {HaltSystem.NEAR_ROWS_MAX - 1, HaltSystem.NEAR_ROWS_MAX})
    void shouldCountPlayersWithMoreAroundThemThanIsLookedAt(final int companions) {
        final Stepped stepped = new Stepped(context -> context.partitionColumns(1).partitionRows(1));
        stepped.spawn(100, 100);
        for (int i = 0; i < companions; i++) {
            stepped.spawn(102, 100);
        }

        stepped.ticks(2);

        final boolean isTooMany = companions >= HaltSystem.NEAR_ROWS_MAX;
        assertThat(stepped.count(WorldCounter.HALTS_TRUNCATED)).isEqualTo(isTooMany ? companions + 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SKIP", "DILATE"})
    void shouldTellHowMuchWorldTimeWasLost(final String policy) {
        final Stepped stepped = new Stepped(context -> context.partitionColumns(1).partitionRows(1)
            .overloadPolicy(OverloadPolicy.valueOf(policy)));
        final long id = stepped.spawn(100, 100);
        stepped.commands.offerMove(0, id, 1, 0);
        stepped.tick();
        stepped.clock.advanceNs(9 * Stepped.PERIOD_NS);

        stepped.tick();

        final TickView view = stepped.view(0);
        final boolean isSkip = policy.equals("SKIP");
        assertThat(view.slot()).isEqualTo(10);
        assertThat(view.timeFactorPercent()).isEqualTo(isSkip ? 40 : 10);
        assertThat(view.lostSlotCount()).isEqualTo(isSkip ? 6 : 9);
        assertThat(view.xCm()[view.rowOf(id)]).isEqualTo(isSkip ? 10_150 : 10_060);
    }

    @Test
    void shouldPublishTheFirstSlotThatACommandMovedWhenAStepCoversMore() {
        final Stepped stepped = new Stepped(context -> context.partitionColumns(1).partitionRows(1));
        final long id = stepped.spawn(100, 100);
        stepped.tick();
        stepped.commands.offerMove(0, id, 1, 0);
        stepped.clock.advanceNs(2 * Stepped.PERIOD_NS);

        stepped.tick();

        final TickView view = stepped.view(0);
        final long moved = view.slot() - view.commandSlots()[view.rowOf(id)] + 1;
        assertThat(moved).isEqualTo(3);
        assertThat(view.xCm()[view.rowOf(id)]).isEqualTo(10_000 + (int) (moved * 6 * TICK_SECONDS * 100));
    }

    @Test
    void shouldRunEmptyAndAloneAndInManyPartitions() {
        final Stepped empty = new Stepped(context -> context.partitionColumns(1).partitionRows(1));
        final Stepped many = new Stepped(context -> context.partitionColumns(8).partitionRows(8).npcCount(500).entityCapacity(256)
            .ghostCapacity(512).handoffCapacity(32));

        empty.ticks(3);
        many.ticks(40);

        assertThat(empty.view(0).count()).isZero();
        assertThat(empty.world.checkConservation()).isZero();
        assertThat(many.world.checkConservation()).isEqualTo(500);
        assertThat(many.count(WorldCounter.TICKS)).isEqualTo(64 * 40);
    }

    @Test
    void shouldOwnEntitiesOnBordersAndCornersOnce() {
        final Stepped stepped = new Stepped(context -> context);
        final float[] edges = {0, 1_024, 2_048};
        for (final float x : edges) {
            for (final float y : edges) {
                stepped.spawn(x, y);
            }
        }

        stepped.ticks(5);

        assertThat(stepped.world.checkConservation()).isEqualTo(9);
        assertThat(stepped.world.partitionAt(2_048, 2_048)).isEqualTo(3);
        assertThat(stepped.world.partitionAt(1_024, 1_023.99f)).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatIsOffTheMapOrNotANumber() {
        final Stepped stepped = new Stepped(context -> context);
        final float[] bad = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.01f, 2_048.1f, Float.MAX_VALUE};
        final long id = stepped.spawn(10, 10);
        stepped.tick();
        for (final float value : bad) {
            stepped.commands.offerSpawnPlayer(0, stepped.ids.next(), value, 10);
            stepped.commands.offerSpawnPlayer(0, stepped.ids.next(), 10, value);
            stepped.commands.offerTeleport(0, id, value, 10);
        }
        stepped.commands.offerSpawnPlayer(0, id, 10, 10);
        stepped.commands.offerSpawnPlayer(0, 0, 10, 10);
        stepped.commands.offerMove(0, id, 0, 0);
        stepped.commands.offerMove(0, id, 1L << 32, 0);
        stepped.commands.offerMove(0, 0, 1, 0);
        stepped.commands.offerDespawn(0, 999_999);

        stepped.tick();

        assertThat(stepped.count(WorldCounter.COMMANDS_REFUSED)).isEqualTo(3 * bad.length + 4);
        assertThat(stepped.count(WorldCounter.COMMANDS_UNKNOWN)).isEqualTo(2);
        assertThat(stepped.world.checkConservation()).isEqualTo(1);
    }

    @Test
    void shouldRefuseToSpawnBeyondTheCapacity() {
        final Stepped stepped = new Stepped(context -> context.entityCapacity(3));
        for (int i = 0; i < 5; i++) {
            stepped.spawn(10, 10);
        }

        stepped.tick();

        assertThat(stepped.view(0).ownedCount()).isEqualTo(3);
        assertThat(stepped.count(WorldCounter.SPAWNS_REFUSED_FULL)).isEqualTo(2);
    }

    @Test
    void shouldNameTheUnheldOwnerWhenAPartitionIsTickedWithoutItsClaim() {
        final Stepped stepped = new Stepped(context -> context);

        assertThatThrownBy(() -> stepped.world.partition(0).onTick(0, 1)).isInstanceOf(AssertionError.class)
            .hasMessageContaining("claim its loop first");
    }

    @Test
    void shouldStopTickingWhenClosed() {
        final Stepped stepped = new Stepped(context -> context);
        stepped.tick();

        stepped.world.close();
        stepped.world.close();
        stepped.clock.advanceNs(10 * Stepped.PERIOD_NS);

        assertThat(stepped.agentWork()).isZero();
        assertThat(stepped.view(0).slot()).isZero();
    }

    private static void command(final Stepped stepped, final Random random, final List<Long> players, final Map<Long, Long> sequences) {
        final int hint = random.nextInt(stepped.world.partitionCount());
        final int choice = random.nextInt(100);
        if (players.size() < 20 || choice < 2 && players.size() < 150) {
            final long id = stepped.trySpawn(random.nextFloat() * 2_048, random.nextFloat() * 2_048);
            if (id != 0) {
                players.add(id);
                sequences.put(id, 0L);
            }
            return;
        }
        final long id = players.get(random.nextInt(players.size()));
        if (choice < 4) {
            players.remove(id);
            stepped.commands.offerDespawn(Math.max(0, stepped.ownerOf(id)), id);
        } else if (choice < 40) {
            stepped.commands.offerTeleport(Math.max(0, stepped.ownerOf(id)), id, random.nextFloat() * 2_048, random.nextFloat() * 2_048);
        } else {
            final long sequence = sequences.merge(id, 1L, Long::sum);
            stepped.commands.offerMove(hint, id, sequence, random.nextInt(65_536));
        }
    }

    private static void checkInterest(final Stepped stepped) {
        final int radiusCm = 10_000;
        for (int partition = 0; partition < stepped.world.partitionCount(); partition++) {
            final TickView view = stepped.view(partition);
            for (int row = 0; row < view.count(); row++) {
                if (view.flags()[row] == 0 && view.kinds()[row] == EntityKind.PLAYER) {
                    checkSees(stepped, view, row, radiusCm);
                }
            }
        }
    }

    private static void checkSees(final Stepped stepped, final TickView view, final int player, final int radiusCm) {
        for (int other = 0; other < stepped.world.partitionCount(); other++) {
            final TickView from = stepped.view(other);
            final int[] near = new int[from.count()];
            final int count = from.queryRadius(view.xCm()[player], view.yCm()[player], radiusCm, near);
            for (int i = 0; i < count; i++) {
                if (from.flags()[near[i]] == 0) {
                    assertThat(view.rowOf(from.ids()[near[i]])).as("slot %d: entity %d of partition %d in the view of %d", view.slot(),
                        from.ids()[near[i]], other, view.partition()).isNotNegative();
                }
            }
        }
    }
}
