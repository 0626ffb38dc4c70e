package io.orrery.game.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.game.SteppedWorld;
import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.telemetry.record.TickSample;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.world.WorldContext;
import io.orrery.world.view.TickView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationAgentTest {
    /** Common age and three section ends: 9 bits. */
    private static final int EMPTY_FRAME_LENGTH = Protocol.FRAME_OVERHEAD_LENGTH + 2;
    private static final int EAST = 0;
    private static final UnaryOperator<WorldContext> ONE_PARTITION = SteppedReplication.singlePartition(400);

    private final SteppedReplication replication = new SteppedReplication(ONE_PARTITION, UnaryOperator.identity());

    @Test
    void shouldSendNothingAboutAnEntityThatTheClientHasWhileItRests() {
        final long other = replication.spawn(110, 100);
        final TestClient client = replication.join(100, 100);
        replication.stepsAndDeliver(3);

        for (int i = 0; i < 200; i++) {
            replication.stepAndDeliver();
            assertThat(client.last().message()).as("slot %d", client.last().slot()).hasSize(EMPTY_FRAME_LENGTH);
        }

        replication.move(other, EAST);
        replication.stepAndDeliver();
        assertThat(client.last().message().length).isGreaterThan(EMPTY_FRAME_LENGTH);
        assertThat(client.shown()).isEqualTo(client.last().expected()).containsKey(other);
        assertThat(client.faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 40, 70})
    void shouldShowAnEntityAgainThatMovedAndCameBackWhileFramesWereLost(final int lostCount) {
        final long other = replication.spawn(110, 100);
        final TestClient client = replication.join(100, 100);
        replication.stepsAndDeliver(3);
        final List<Integer> home = client.shown().get(other);

        replication.teleport(other, 120, 120);
        replication.step();
        final TestClient.SentFrame away = client.outbox.removeLast();
        assertThat(client.deliver(away)).isTrue();
        replication.teleport(other, 110, 100);
        for (int i = 0; i < lostCount; i++) {
            replication.stepAndLose();
        }
        replication.stepsAndDeliver(3);

        assertThat(away.expected().get(other)).isNotEqualTo(home);
        assertThat(client.shown().get(other)).isEqualTo(home);
        assertThat(client.last().message()).hasSize(EMPTY_FRAME_LENGTH);
    }

    @Test
    void shouldSendTheStateInFullWhenTheBaselineIsTooOld() {
        final long other = replication.spawn(110, 100);
        final TestClient client = replication.join(100, 100);
        replication.stepsAndDeliver(3);

        for (int i = 0; i < 100; i++) {
            replication.stepAndLose();
        }
        replication.move(other, EAST);
        replication.stepsAndDeliver(2);

        assertThat(client.shown()).isEqualTo(client.last().expected());
        assertThat(client.faults).isEmpty();
    }

    @Test
    void shouldReuseANetIdOnlyAfterItsLeaveWasAcknowledged() {
        final long first = replication.spawn(110, 100);
        final TestClient client = replication.join(100, 100);
        replication.stepsAndDeliver(3);
        final int firstNetId = client.entities().find(first).netId();

        replication.teleport(first, 300, 300);
        final long second = replication.spawn(120, 100);
        replication.step();
        final TestClient.SentFrame leave = client.outbox.removeFirst();
        client.deliver(leave);
        final int secondNetId = client.entities().find(second).netId();
        replication.ack(client, leave);
        replication.stepsAndDeliver(1);
        final long third = replication.spawn(90, 100);
        replication.stepsAndDeliver(2);

        assertThat(client.entities().find(first)).isNull();
        assertThat(secondNetId).isNotEqualTo(firstNetId);
        assertThat(client.entities().find(third).netId()).isEqualTo(firstNetId);
        assertThat(client.shown()).isEqualTo(client.last().expected());
    }

    @Test
    void shouldShowAnEntityAgainThatReturnsBeforeItsLeaveWasAcknowledged() {
        final long other = replication.spawn(110, 100);
        final TestClient client = replication.join(100, 100);
        replication.stepsAndDeliver(3);

        replication.teleport(other, 300, 300);
        replication.step();
        final TestClient.SentFrame leave = client.outbox.removeFirst();
        client.deliver(leave);
        replication.teleport(other, 105, 100);
        replication.step();
        client.deliver(client.outbox.removeFirst());
        replication.ack(client, leave);
        replication.stepsAndDeliver(3);

        assertThat(client.shown()).isEqualTo(client.last().expected()).containsKey(other);
        assertThat(client.last().message()).hasSize(EMPTY_FRAME_LENGTH);
    }

    @Test
    void shouldCountWhatIsBeyondTheInterestCapacityAndStillShowTheOwnCharacter() {
        final SteppedReplication narrow = new SteppedReplication(ONE_PARTITION, context -> context.interestCapacity(8));
        final List<Long> crowd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            crowd.add(narrow.spawn(80 + i, 90));
        }
        final TestClient client = narrow.join(100, 120);

        narrow.stepsAndDeliver(5);
        final int countWhenFull = client.entities().count();
        final boolean isOwnShown = client.shown().containsKey(client.entityId);
        final long overflowCount = narrow.agent.counters().interestOverflowCount();
        crowd.forEach(id -> narrow.teleport(id, 300, 300));
        narrow.stepsAndDeliver(5);

        assertThat(countWhenFull).isEqualTo(8);
        assertThat(isOwnShown).isTrue();
        assertThat(overflowCount).isEqualTo(5 * (41 - 8));
        assertThat(client.shown()).containsOnlyKeys(client.entityId);
    }

    @Test
    void shouldCountEntitiesThatFindNoHistory() {
        final SteppedReplication narrow = new SteppedReplication(ONE_PARTITION, UnaryOperator.identity());
        final PartitionHistory history = new PartitionHistory(4, 64);
        for (int i = 0; i < 10; i++) {
            narrow.spawn(100 + i, 100);
        }
        narrow.stepped.tick();

        history.onView(narrow.stepped.view(0));

        assertThat(history.overflowCount()).isEqualTo(6);
        assertThat(history.rowOf(3)).isNotNegative();
        assertThat(history.rowOf(9)).isNegative();
    }

    @Test
    void shouldGiveTheHistoryOfGoneEntitiesToNewOnes() {
        final PartitionHistory history = new PartitionHistory(4, 64);
        final SteppedWorld stepped = replication.stepped;
        for (int round = 0; round < 6; round++) {
            final List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ids.add(replication.spawn(100 + i, 100));
            }
            stepped.tick();
            history.onView(stepped.view(0));
            ids.forEach(id -> assertThat(replication.commands.offerDespawn(0, id)).isTrue());
            for (int i = 0; i < 3 * PartitionHistory.SLOTS; i++) {
                stepped.tick();
                history.onView(stepped.view(0));
            }
        }

        assertThat(history.overflowCount()).isZero();
    }

    @Test
    void shouldOnlyCostBytesWhenAnAcknowledgementIsNotTaken() {
        final SteppedReplication narrow = new SteppedReplication(ONE_PARTITION, UnaryOperator.identity(), 256);
        narrow.spawn(110, 100);
        final TestClient client = narrow.join(100, 100);
        narrow.step();
        final TestClient.SentFrame first = client.outbox.removeFirst();
        client.deliver(first);

        int takenCount = 0;
        while (narrow.inbox.offerAcked(-1, 1)) {
            takenCount++;
        }
        final boolean isTaken = narrow.ack(client, first);
        narrow.step();
        final int lengthWithoutAck = client.last().message().length;
        narrow.stepsAndDeliver(3);

        assertThat(takenCount).isPositive();
        assertThat(isTaken).isFalse();
        assertThat(lengthWithoutAck).isEqualTo(first.message().length);
        assertThat(client.shown()).isEqualTo(client.last().expected());
        assertThat(client.last().message()).hasSize(EMPTY_FRAME_LENGTH);
    }

    @Test
    void shouldForgetAClientThatLeavesWithFramesInFlight() {
        final TestClient stays = replication.join(100, 100);
        final TestClient leaves = replication.join(110, 100);
        final TestClient last = replication.join(120, 100);
        replication.step();
        final int frameCount = leaves.frames.size();

        assertThat(replication.inbox.offerLeft(leaves.connectionId)).isTrue();
        replication.ack(leaves, leaves.last());
        assertThat(replication.inbox.offerLeft(leaves.connectionId)).isTrue();
        stays.outbox.clear();
        leaves.outbox.clear();
        last.outbox.clear();
        replication.stepsAndDeliver(5);

        assertThat(leaves.frames).hasSize(frameCount);
        assertThat(replication.agent.counters().clientCount()).isEqualTo(2);
        assertThat(stays.shown()).isEqualTo(stays.last().expected()).hasSize(3);
        assertThat(last.shown()).isEqualTo(last.last().expected()).hasSize(3);
    }

    @Test
    void shouldSendAClientAwayOnceWhenItsCharacterDoesNotAppear() {
        final TestClient present = replication.join(100, 100);
        final TestClient missing = replication.joinAs(77, 0);
        final long ticks = ReplicationContext.LOST_CHARACTER_NS / SteppedWorld.PERIOD_NS;

        replication.stepsAndDeliver((int) ticks);
        final int goneInTime = missing.goneCount;
        replication.stepsAndDeliver((int) ticks / 5);

        assertThat(goneInTime).isZero();
        assertThat(missing.goneCount).isOne();
        assertThat(missing.goneCode).isEqualTo(RefusalCode.NOT_IN_WORLD.value());
        assertThat(missing.frames).isEmpty();
        assertThat(present.goneCount).isZero();
    }

    @Test
    void shouldCountFramesThatTheNetworkThreadDidNotTake() {
        final TestClient client = replication.join(100, 100);
        replication.stepped.tick();
        while (replication.egress.offerGone(client.connectionId, 3)) {
            Thread.onSpinWait();
        }

        replication.agent.doWork();
        replication.work();
        replication.stepsAndDeliver(3);

        assertThat(replication.agent.counters().frameLostCount()).isOne();
        assertThat(client.shown()).containsOnlyKeys(client.entityId);
    }

    @Test
    void shouldKeepReadingTheViewThatItHoldsWhileACharacterIsOnItsWay() {
        final FirstLatency sink = new FirstLatency();
        final int[] clockReads = {Integer.MIN_VALUE};
        final SteppedReplication[] holder = new SteppedReplication[1];
        holder[0] = new SteppedReplication(
            context -> context.widthMetres(512).heightMetres(512).moveSpeedMetresPerSecond(25),
            context -> context.telemetry(sink).clock(() -> tickAtTheEndOfAPass(holder[0].stepped, clockReads)));
        final TestClient walker = holder[0].join(250, 100);
        holder[0].join(200, 100);
        holder[0].stepAndDeliver();
        holder[0].move(walker, EAST);
        holder[0].stepWorld();
        while (!isInTransit(holder[0].stepped.view(0), walker.entityId)) {
            holder[0].work();
            holder[0].stepWorld();
        }
        holder[0].stepped.clock.advanceNs(1_000);

        sink.isOn = true;
        clockReads[0] = 0;
        holder[0].agent.doWork();

        assertThat(sink.viewToFrameNs).as("from the publication of the view that was there before the pass").isEqualTo(1_000);
    }

    /** The second look at the clock is the one at a pass's end: the world goes on between the two. */
    private static long tickAtTheEndOfAPass(final SteppedWorld stepped, final int[] clockReads) {
        final long nowNs = stepped.clock.nanoTime();
        clockReads[0]++;
        if (clockReads[0] == 2) {
            stepped.ticks(12);
        }
        return nowNs;
    }

    private static boolean isInTransit(final TickView view, final long id) {
        final int row = view.rowOf(id);
        assertThat(row).as("still near the border").isNotNegative();
        return (view.flags()[row] & TickView.FLAG_IN_TRANSIT) != 0;
    }

    private static final class FirstLatency implements TelemetrySink {
        private boolean isOn;
        private long viewToFrameNs = -1;

        @Override
        public boolean offerTick(final TickSample sample) {
            return true;
        }

        @Override
        public boolean offerLatency(final Measure measure, final long valueNs) {
            if (isOn && viewToFrameNs < 0 && measure == Measure.VIEW_TO_FRAME) {
                viewToFrameNs = valueNs;
            }
            return true;
        }

        @Override
        public boolean offerGauge(final Gauge gauge, final long value) {
            return true;
        }
    }
}
