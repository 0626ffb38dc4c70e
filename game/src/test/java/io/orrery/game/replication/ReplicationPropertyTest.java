package io.orrery.game.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.client.ReplicatedEntity;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.world.partition.WorldCounter;
import io.orrery.world.view.TickView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real world, a bad network and real clients: whatever is lost, the newest frame shows what the interest rule says. */
class ReplicationPropertyTest {
    private static final double EDGE_METRES = 512;
    private static final int TICKS = 500;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_122})
    void shouldShowTheInterestRuleWheneverTheNewestFrameArrives(final long seed) {
        final Random random = new Random(seed);
        final SteppedReplication replication = new SteppedReplication(
            context -> context.widthMetres(EDGE_METRES).heightMetres(EDGE_METRES).npcCount(400).npcSpeedMetresPerSecond(12)
                .moveSpeedMetresPerSecond(25).seed(seed),
            context -> context.frameNumberStart(-200));
        final List<LossyNetwork> networks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            final TestClient client = replication.join(random.nextDouble(EDGE_METRES), random.nextDouble(EDGE_METRES));
            networks.add(new LossyNetwork(random, replication, client, i % 3 * 0.15, i % 4 * 4));
        }
        final int[] checkedCount = new int[1];

        for (int tick = 0; tick < TICKS; tick++) {
            for (final TestClient client : replication.clients.values()) {
                if (random.nextInt(30) == 0 && replication.stepped.ownerOf(client.entityId) >= 0) {
                    replication.move(client, random.nextInt(1 << 16));
                }
            }
            stepInAnyOrder(replication, random);
            for (final LossyNetwork network : networks) {
                network.tick((client, frame) -> {
                    assertThat(client.shown()).as("seed %d frame %s", seed, frame.order()).isEqualTo(frame.expected());
                    assertThat(client.shown()).as("seed %d: the own character", seed).containsKey(client.entityId);
                    checkedCount[0]++;
                });
            }
        }

        assertThat(checkedCount[0]).as("seed %d", seed).isGreaterThan(TICKS * 5);
        assertThat(replication.agent.counters().budgetOverflowCount()).as("nothing was withheld").isZero();
        assertThat(replication.stepped.count(WorldCounter.HANDOFFS_IN)).as("seed %d", seed).isGreaterThan(20);
        for (final TestClient client : replication.clients.values()) {
            assertThat(client.faults).as("seed %d", seed).isEmpty();
            assertForward(client.frames, "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 20_261_123})
    void shouldShowEverythingInTheEndWhenFramesAreTiny(final long seed) {
        final Random random = new Random(seed);
        final SteppedReplication replication = new SteppedReplication(
            context -> SteppedReplication.singlePartition(200).apply(context).moveSpeedMetresPerSecond(20),
            context -> context.frameLengthMax(128).frameNumberStart(-100));
        final List<Long> crowd = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            crowd.add(replication.spawn(random.nextDouble(200), random.nextDouble(200)));
        }
        final TestClient client = replication.join(100, 100);
        final LossyNetwork network = new LossyNetwork(random, replication, client, 0.1, 6);
        replication.step();

        for (int tick = 0; tick < 400; tick++) {
            if (tick < 200) {
                for (int i = 0; i < 20; i++) {
                    wander(replication, random, crowd.get(random.nextInt(crowd.size())));
                }
                if (tick % 40 == 0) {
                    replication.teleport(client.entityId, random.nextDouble(200), random.nextDouble(200));
                }
            } else if (tick == 200) {
                crowd.forEach(replication::stop);
            }
            replication.step();
            assertThat(client.last().message().length).as("seed %d tick %d", seed, tick).isLessThanOrEqualTo(128);
            network.tick((to, frame) -> assertSpokenOfRightly(replication, to, frame, "seed " + seed));
        }

        final LossyNetwork quiet = new LossyNetwork(random, replication, client, 0, 0);
        for (int tick = 0; tick < 60; tick++) {
            replication.step();
            quiet.tick((to, frame) -> { });
        }
        assertThat(replication.agent.counters().budgetOverflowCount()).isPositive();
        assertThat(client.shown()).as("seed %d", seed).isEqualTo(client.last().expected());
        assertThat(client.faults).as("seed %d", seed).isEmpty();
    }

    /** Tick order and the moment of the agent's look are any; sometimes it looks late and misses views. */
    private static void stepInAnyOrder(final SteppedReplication replication, final Random random) {
        replication.stepped.beginSlot();
        if (random.nextInt(40) == 0) {
            replication.stepped.clock.advanceNs(2 * 50_000_000L);
        }
        final boolean isLate = random.nextInt(10) == 0;
        while (replication.tickPartition()) {
            if (!isLate && random.nextBoolean()) {
                replication.work();
            }
        }
        if (!isLate) {
            replication.work();
        }
    }

    private static void wander(final SteppedReplication replication, final Random random, final long id) {
        switch (random.nextInt(8)) {
            case 0 -> replication.stop(id);
            case 1 -> replication.teleport(id, random.nextDouble(200), random.nextDouble(200));
            default -> replication.move(id, random.nextInt(1 << 16));
        }
    }

    private static void assertForward(final List<TestClient.SentFrame> frames, final String as) {
        for (int i = 1; i < frames.size(); i++) {
            assertThat(frames.get(i).slot()).as(as).isGreaterThan(frames.get(i - 1).slot());
            assertThat((int) frames.get(i).number()).as(as).isEqualTo((int) frames.get(i - 1).number() + 1);
        }
    }

    /** What the newest frame says is true, and within radius + hysteresis. */
    private static void assertSpokenOfRightly(
        final SteppedReplication replication, final TestClient client, final TestClient.SentFrame frame, final String as) {
        final TickView view = replication.view(frame.partition(), frame.slot());
        final int ownRow = view.rowOf(client.entityId);
        final TreeMap<Long, List<Integer>> said = new TreeMap<>();
        for (int i = 0; i < client.entities().count(); i++) {
            final ReplicatedEntity entity = client.entities().entity(i);
            if (entity.frameNumber() == client.entities().newestFrameNumber()) {
                said.put(entity.entityId(), List.of(entity.kind(), entity.xCm(), entity.yCm()));
            }
        }
        said.forEach((id, state) -> {
            final int row = view.rowOf(id);
            assertThat(row).as(as).isNotNegative();
            assertThat(state.get(ReplicationSchema.X)).as(as).isEqualTo(view.xCm()[row]);
            assertThat(state.get(ReplicationSchema.Y)).as(as).isEqualTo(view.yCm()[row]);
            assertThat(InterestModel.distanceCm(view, ownRow, row)).as(as)
                .isLessThanOrEqualTo((SteppedReplication.RADIUS_METRES + SteppedReplication.HYSTERESIS_METRES) * 100);
        });
        assertThat(client.shown().get(client.entityId)).as(as + ": the own character")
            .isEqualTo(List.of(0, view.xCm()[ownRow], view.yCm()[ownRow]));
    }
}
