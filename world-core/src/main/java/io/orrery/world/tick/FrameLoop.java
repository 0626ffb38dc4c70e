package io.orrery.world.tick;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import org.agrona.concurrent.NanoClock;

/**
 * The frame clock of one {@link Ticked} and the right to run it.
 *
 * <p>Writing thread: the one that holds the claim. Others read the deadline to choose what to run next. Memory: a few fields.
 *
 * <p>Ordering: {@link #tryClaim()} is a compare-and-set with acquire, {@link #releaseClaim()} a release store, so that whoever claims sees
 * all that the holder before did. The deadline is written before the release; a claimant checks it again.
 *
 * <p>Assumes (A1) the clock never goes back. Guarantees (T1) the slot of a step is the slot scheduled at its start, the same at the same
 * time for every partition of a world; (T2) no burst: after an overload the next deadline is in the future of the start of the last step;
 * (T3) slots only go up; (T4) a step covers the slots missed before it up to {@link #STEP_SLOTS_MAX} in all under
 * {@link OverloadPolicy#SKIP}, one slot under {@link OverloadPolicy#DILATE}; (T5) after a fault no step is run again.
 */
public final class FrameLoop {
    /** Most slots of world time that one step may cover under {@link OverloadPolicy#SKIP}; more is lost and counted. */
    public static final int STEP_SLOTS_MAX = 4;
    /** The deadline of a loop that has not started, or has ended. */
    public static final long NEVER_NS = Long.MAX_VALUE;

    private static final VarHandle CLAIM;
    private static final VarHandle DEADLINE;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLAIM = lookup.findVarHandle(FrameLoop.class, "claim", int.class);
            DEADLINE = lookup.findVarHandle(FrameLoop.class, "deadlineNs", long.class);
        } catch (final ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final Ticked ticked;
    private final NanoClock clock;
    private final OverloadPolicy overloadPolicy;
    private final long tickPeriodNs;
    private final LongSupplier threadAllocatedBytes;

    private int claim;
    private long deadlineNs = NEVER_NS;
    private long slot;
    private long missedSlotCount;

    /**
     * Creates a loop that has not started.
     *
     * @param ticked what to drive.
     * @param clock that deadlines are read from.
     * @param tickPeriodNs nanoseconds between two steps.
     * @param overloadPolicy what to do with slots that were missed.
     * @param threadAllocatedBytes bytes the calling thread has allocated so far.
     */
    public FrameLoop(final Ticked ticked, final NanoClock clock, final long tickPeriodNs, final OverloadPolicy overloadPolicy,
                     final LongSupplier threadAllocatedBytes) {
        this.ticked = ticked;
        this.clock = clock;
        this.tickPeriodNs = tickPeriodNs;
        this.overloadPolicy = overloadPolicy;
        this.threadAllocatedBytes = threadAllocatedBytes;
    }

    /**
     * Sets the moment of slot 0. Once, before any step.
     *
     * @param startNs by the world's clock, the same for all partitions.
     */
    public void start(final long startNs) {
        DEADLINE.setRelease(this, startNs);
    }

    /** Ends the loop: no step is run from now on. Holder of the claim only. */
    public void stop() {
        DEADLINE.setRelease(this, NEVER_NS);
    }

    /**
     * When the next step is due.
     *
     * @return by the world's clock, or {@link #NEVER_NS}.
     */
    public long deadlineNs() {
        return (long) DEADLINE.getAcquire(this);
    }

    /**
     * Whether some thread holds the loop just now.
     *
     * @return a hint; only {@link #tryClaim()} decides.
     */
    public boolean isClaimed() {
        return (int) CLAIM.getAcquire(this) != 0;
    }

    /**
     * Asks for the right to run it.
     *
     * @return false if another thread has it.
     */
    public boolean tryClaim() {
        if (!CLAIM.compareAndSet(this, 0, 1)) {
            return false;
        }
        ticked.onClaimed();
        return true;
    }

    /** Gives the right to run it back. */
    public void releaseClaim() {
        ticked.onReleased();
        CLAIM.setRelease(this, 0);
    }

    /**
     * Runs one step if one is due. Holder of the claim only. A step that throws is the last.
     *
     * @param nowNs by the world's clock.
     * @return steps run, 0 or 1.
     * @throws TickFault if the step threw: once, naming what stopped and in which slot.
     */
    public int tickIfDue(final long nowNs) {
        final long dueNs = deadlineNs;
        if (dueNs == NEVER_NS || nowNs - dueNs < 0) {
            return 0;
        }
        final long missedSlots = (nowNs - dueNs) / tickPeriodNs;
        final int stepSlots = overloadPolicy == OverloadPolicy.SKIP ? (int) Math.min(missedSlots + 1, STEP_SLOTS_MAX) : 1;
        slot += missedSlots;
        missedSlotCount += missedSlots;

        try {
            final long allocatedBytes = threadAllocatedBytes.getAsLong();
            ticked.onTick(slot, stepSlots);
            final long tickAllocatedBytes = threadAllocatedBytes.getAsLong() - allocatedBytes;
            ticked.onTicked(nowNs - dueNs, clock.nanoTime() - nowNs, tickAllocatedBytes, missedSlotCount);
        } catch (final RuntimeException | Error ex) {
            stop();
            ticked.onFault();
            throw new TickFault(ticked + " stopped for good in slot " + slot, ex);
        }
        slot++;
        DEADLINE.setRelease(this, dueNs + (missedSlots + 1) * tickPeriodNs);
        return 1;
    }
}
