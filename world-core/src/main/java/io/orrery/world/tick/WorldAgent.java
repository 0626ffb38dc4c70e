package io.orrery.world.tick;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Runs whichever partition is due first. Any number of these share the partitions of a world: one for all, or one for each thread.
 *
 * <p>Writing thread: the one that calls {@link #doWork()}. Memory: no allocation after start.
 *
 * <p>Guarantee (G1): at most one step per {@link #doWork()}, of the partition with the earliest deadline that nobody else holds, so that an
 * overloaded partition cannot starve its neighbours.
 */
public final class WorldAgent implements Agent {
    private final FrameLoop[] loops;
    private final NanoClock clock;
    private final Runnable start;
    private final String roleName;

    /**
     * Creates an agent.
     *
     * @param index number of the agent, from 0.
     * @param loops shared with the other agents of the world.
     * @param clock the world's.
     * @param start sets the moment of slot 0 unless another agent did.
     */
    public WorldAgent(final int index, final FrameLoop[] loops, final NanoClock clock, final Runnable start) {
        this.loops = loops.clone();
        this.clock = clock;
        this.start = start;
        roleName = "world-" + index;
    }

    @Override
    public void onStart() {
        start.run();
    }

    @Override
    public int doWork() {
        final long nowNs = clock.nanoTime();
        final FrameLoop next = nextDue(nowNs);
        if (next == null || !next.tryClaim()) {
            return 0;
        }
        try {
            return next.tickIfDue(nowNs);
        } finally {
            next.releaseClaim();
        }
    }

    @Override
    public String roleName() {
        return roleName;
    }

    private FrameLoop nextDue(final long nowNs) {
        FrameLoop next = null;
        long nextDeadlineNs = 0;
        for (final FrameLoop loop : loops) {
            final long deadlineNs = loop.deadlineNs();
            if (deadlineNs != FrameLoop.NEVER_NS && nowNs - deadlineNs >= 0 && !loop.isClaimed()
                && (next == null || deadlineNs - nextDeadlineNs < 0)) {
                next = loop;
                nextDeadlineNs = deadlineNs;
            }
        }
        return next;
    }
}
