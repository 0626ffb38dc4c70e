package io.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.world.command.CommandProxy;
import io.orrery.world.command.MoveRule;
import io.orrery.world.entity.EntityIdAllocator;
import io.orrery.world.partition.WorldCounter;
import io.orrery.world.view.TickView;
import io.orrery.world.view.ViewReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ThreadedMovementTest {
    private static final long PERIOD_NS = 20_000_000L;
    private static final double TICK_SECONDS = 0.02;
    private static final float SPEED = 60;
    private static final int PLAYERS = 16;

    private final Random random = new Random(11);
    private final World world = new World(new WorldContext().partitionRows(1).npcCount(0).tickPeriodNs(PERIOD_NS)
        .moveSpeedMetresPerSecond(SPEED).viewReaderCount(1).conclude());
    private final CommandProxy commands = world.newCommandProxy();
    private final EntityIdAllocator ids = world.newIdAllocator();
    private final ViewReader[] readers = {world.newViewReader(0), world.newViewReader(1)};
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final Walker[] walkers = new Walker[PLAYERS];
    private int checkCount;

    @Test
    void shouldMoveOnceForEachSlotAcrossHandoffsBetweenThreads() {
        for (int i = 0; i < PLAYERS; i++) {
            walkers[i] = new Walker(ids.next());
            final float x = 1_024 + random.nextFloat() * 20 - 10;
            commands.offerSpawnPlayer(world.partitionAt(x, 500), walkers[i].id, x, 500);
        }
        final List<AgentRunner> runners = new ArrayList<>();
        for (final Agent agent : world.agents(2)) {
            runners.add(new AgentRunner(world.newIdleStrategy(), faults::add, null, agent));
        }
        runners.forEach(AgentRunner::startOnThread);

        Awaitility.await().atMost(25, TimeUnit.SECONDS).pollInterval(2, TimeUnit.MILLISECONDS).until(() -> {
            look();
            return world.counters().sum(WorldCounter.HANDOFFS_IN) >= 60 && checkCount >= 500;
        });
        world.close();
        runners.forEach(AgentRunner::close);

        assertThat(faults).isEmpty();
        assertThat(world.checkConservation()).isEqualTo(PLAYERS);
    }

    private void look() {
        final TickView[] views = {readers[0].acquire(), readers[1].acquire()};
        long lostSlots = 0;
        for (int partition = 0; partition < 2; partition++) {
            if (views[partition] == null) {
                return;
            }
            lostSlots += Math.max(views[partition].lostSlotCount(), world.counters().of(WorldCounter.SLOTS_LOST, partition));
        }
        for (final TickView view : views) {
            for (final Walker walker : walkers) {
                final int row = view.rowOf(walker.id);
                if (row >= 0 && view.flags()[row] == 0) {
                    walker.see(view, row, lostSlots);
                }
            }
        }
    }

    private final class Walker {
        private final long id;
        private long sequence;
        private int heading;
        private boolean isAnchored;
        private long lostSlots;
        private long anchorSlot;
        private int anchorXCm;
        private int anchorYCm;

        Walker(final long id) {
            this.id = id;
        }

        void see(final TickView view, final int row, final long lostNow) {
            final int xCm = view.xCm()[row];
            if (view.commandSequences()[row] != sequence || sequence == 0) {
                if (sequence == 0) {
                    turn(view.partition(), xCm);
                }
                return;
            }
            if (!isAnchored || lostNow != lostSlots) {
                isAnchored = true;
                lostSlots = lostNow;
                anchorSlot = view.slot();
                anchorXCm = xCm;
                anchorYCm = view.yCm()[row];
                return;
            }
            final double seconds = (view.slot() - anchorSlot) * TICK_SECONDS;
            assertThat(xCm).as("slot %d after %d in partition %d", view.slot(), anchorSlot, view.partition())
                .isBetween((int) Math.floor(anchorXCm + 100 * MoveRule.velocityX(heading, SPEED) * seconds) - 1,
                    (int) Math.ceil(anchorXCm + 100 * MoveRule.velocityX(heading, SPEED) * seconds) + 1);
            assertThat(view.yCm()[row])
                .isBetween((int) Math.floor(anchorYCm + 100 * MoveRule.velocityY(heading, SPEED) * seconds) - 1,
                    (int) Math.ceil(anchorYCm + 100 * MoveRule.velocityY(heading, SPEED) * seconds) + 1);
            checkCount++;
            if (Math.abs(xCm - 102_400) > 1_200 && xCm > 102_400 == cosIsPositive()) {
                turn(view.partition(), xCm);
            }
        }

        private boolean cosIsPositive() {
            return MoveRule.cos(heading) > 0;
        }

        private void turn(final int partition, final int xCm) {
            final int towards = (xCm > 102_400 ? 32_768 : 0) + random.nextInt(4_000) - 2_000 & 0xFFFF;
            if (commands.offerMove(partition, id, sequence + 1, towards)) {
                sequence++;
                heading = towards;
                isAnchored = false;
            }
        }
    }
}
