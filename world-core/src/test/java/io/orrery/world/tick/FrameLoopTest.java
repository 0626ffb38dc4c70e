package io.orrery.world.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.world.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameLoopTest {
    private static final long PERIOD_NS = 50_000_000L;

    private final ManualClock clock = new ManualClock();
    private final RecordingTicked ticked = new RecordingTicked();

    @Test
    void shouldRunNoBurstAfterAnOverload() {
        final WorldAgent agent = started(OverloadPolicy.SKIP);
        agent.doWork();

        clock.advanceNs(4 * PERIOD_NS + PERIOD_NS / 5);
        final int late = agent.doWork();
        final int burst = agent.doWork();

        assertThat(late).isEqualTo(1);
        assertThat(burst).as("T2").isZero();
        assertThat(ticked.missedSlotCount).isEqualTo(3);
        assertThat(ticked.latenessNs).isEqualTo(3 * PERIOD_NS + PERIOD_NS / 5);
    }

    @Test
    void shouldCoverMissedSlotsInTheLateStepUpToTheBoundUnderSkip() {
        final WorldAgent agent = started(OverloadPolicy.SKIP);
        agent.doWork();

        clock.advanceNs(3 * PERIOD_NS);
        agent.doWork();
        clock.advanceNs(10 * PERIOD_NS);
        agent.doWork();

        assertThat(ticked.slots).as("T1").containsExactly(0L, 3L, 13L);
        assertThat(ticked.stepSlots).as("T4").containsExactly(1, 3, FrameLoop.STEP_SLOTS_MAX);
    }

    @Test
    void shouldCoverOneSlotInEachStepUnderDilate() {
        final WorldAgent agent = started(OverloadPolicy.DILATE);
        agent.doWork();

        clock.advanceNs(5 * PERIOD_NS);
        agent.doWork();

        assertThat(ticked.slots).containsExactly(0L, 5L);
        assertThat(ticked.stepSlots).as("T4").containsExactly(1, 1);
    }

    @Test
    void shouldWaitForTheDeadline() {
        final WorldAgent agent = started(OverloadPolicy.SKIP);
        agent.doWork();

        clock.advanceNs(PERIOD_NS - 1);
        final int early = agent.doWork();
        clock.advanceNs(1);
        final int due = agent.doWork();

        assertThat(early).isZero();
        assertThat(due).isEqualTo(1);
    }

    @Test
    void shouldRunThePartitionThatIsDueFirstAndLeaveClaimedOnesAlone() {
        final RecordingTicked other = new RecordingTicked();
        final FrameLoop first = loop(ticked, OverloadPolicy.SKIP);
        final FrameLoop second = loop(other, OverloadPolicy.SKIP);
        first.start(clock.nanoTime());
        second.start(clock.nanoTime() - 1);
        final WorldAgent agent = new WorldAgent(0, new FrameLoop[] {first, second}, clock, () -> { });

        agent.doWork();
        final boolean isClaimed = first.tryClaim();
        final int whileClaimed = agent.doWork();
        first.releaseClaim();
        final int afterwards = agent.doWork();

        assertThat(other.slots).containsExactly(0L);
        assertThat(isClaimed).isTrue();
        assertThat(whileClaimed).isZero();
        assertThat(afterwards).isEqualTo(1);
        assertThat(ticked.slots).containsExactly(0L);
    }

    @Test
    void shouldStopForGoodWhenAStepThrows() {
        final WorldAgent agent = started(OverloadPolicy.SKIP);
        ticked.fault = new IllegalStateException("broken");

        assertThatThrownBy(agent::doWork).isInstanceOf(TickFault.class).hasMessage("world 7 stopped for good in slot 0")
            .hasRootCauseMessage("broken");
        clock.advanceNs(10 * PERIOD_NS);

        assertThat(agent.doWork()).as("T5").isZero();
        assertThat(ticked.faultCount).isEqualTo(1);
        assertThat(ticked.isClaimed).isFalse();
    }

    @Test
    void shouldParkUntilShortlyBeforeTheDeadlineAndThenSpin() {
        final FrameLoop loop = loop(ticked, OverloadPolicy.SKIP);
        final DeadlineIdleStrategy idle = new DeadlineIdleStrategy(clock, new FrameLoop[] {loop});
        loop.start(clock.nanoTime() + DeadlineIdleStrategy.SPIN_NS);

        final long beforeNs = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            idle.idle(0);
        }
        final long spunNs = System.nanoTime() - beforeNs;
        loop.start(clock.nanoTime() + PERIOD_NS);
        final long parkedFromNs = System.nanoTime();
        idle.idle(0);
        final long parkedNs = System.nanoTime() - parkedFromNs;

        assertThat(spunNs).isLessThan(DeadlineIdleStrategy.PARK_MAX_NS);
        assertThat(parkedNs).isGreaterThanOrEqualTo(DeadlineIdleStrategy.PARK_MAX_NS / 2);
        assertThat(idle.alias()).isEqualTo("deadline");
    }

    private WorldAgent started(final OverloadPolicy policy) {
        final FrameLoop loop = loop(ticked, policy);
        final WorldAgent agent = new WorldAgent(0, new FrameLoop[] {loop}, clock, () -> loop.start(clock.nanoTime()));
        agent.onStart();
        return agent;
    }

    private FrameLoop loop(final Ticked driven, final OverloadPolicy policy) {
        return new FrameLoop(driven, clock, PERIOD_NS, policy, () -> 0);
    }

    private static final class RecordingTicked implements Ticked {
        private final List<Long> slots = new ArrayList<>();
        private final List<Integer> stepSlots = new ArrayList<>();
        private long latenessNs;
        private long missedSlotCount;
        private int faultCount;
        private boolean isClaimed;
        private RuntimeException fault;

        @Override
        public void onClaimed() {
            isClaimed = true;
        }

        @Override
        public void onTick(final long slot, final int slotsOfStep) {
            if (fault != null) {
                throw fault;
            }
            slots.add(slot);
            stepSlots.add(slotsOfStep);
        }

        @Override
        public void onTicked(final long tickLatenessNs, final long durationNs, final long allocatedBytes, final long missedSlots) {
            latenessNs = tickLatenessNs;
            missedSlotCount = missedSlots;
        }

        @Override
        public void onFault() {
            faultCount++;
        }

        @Override
        public String toString() {
            return "world 7";
        }

        @Override
        public void onReleased() {
            isClaimed = false;
        }
    }
}
