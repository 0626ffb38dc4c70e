package io.orrery.world.tick;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * Parks until shortly before the next partition is due, then spins: starts ticks within microseconds of their time at a small part of a
 * core.
 *
 * <p>Writing thread: none, it has no state; each thread may share one.
 */
public final class DeadlineIdleStrategy implements IdleStrategy {
    /** Time before a deadline that is spun, in nanoseconds: longer than a park overshoots on Linux (timer slack 50 us and a wake-up). */
    public static final long SPIN_NS = 120_000L;
    /** Longest park, in nanoseconds: bounds how long a thread misses that the world was started or a partition was given back. */
    public static final long PARK_MAX_NS = 10_000_000L;
    private static final long PARK_MIN_NS = 10_000L;

    private final NanoClock clock;
    private final FrameLoop[] loops;

    /**
     * Creates a strategy.
     *
     * @param clock the world's.
     * @param loops of all partitions.
     */
    public DeadlineIdleStrategy(final NanoClock clock, final FrameLoop[] loops) {
        this.clock = clock;
        this.loops = loops.clone();
    }

    @Override
    public void idle(final int workCount) {
        if (workCount <= 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        final long parkNs = untilNextNs(clock.nanoTime()) - SPIN_NS;
        if (parkNs > PARK_MIN_NS) {
            LockSupport.parkNanos(Math.min(parkNs, PARK_MAX_NS));
        } else {
            Thread.onSpinWait();
        }
    }

    @Override
    public void reset() {
        // Nothing to reset: each call looks at the deadlines anew.
    }

    @Override
    public String alias() {
        return "deadline";
    }

    private long untilNextNs(final long nowNs) {
        long untilNs = PARK_MAX_NS + SPIN_NS;
        for (final FrameLoop loop : loops) {
            final long deadlineNs = loop.deadlineNs();
            if (deadlineNs != FrameLoop.NEVER_NS && !loop.isClaimed()) {
                untilNs = Math.min(untilNs, deadlineNs - nowNs);
            }
        }
        return untilNs;
    }
}
