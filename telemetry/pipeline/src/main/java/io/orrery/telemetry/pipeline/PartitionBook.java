package io.orrery.telemetry.pipeline;

import io.orrery.telemetry.record.TickSample;

/**
 * What is known of one partition: its newest sample, its histograms, its frame rate and its sums over the plateau.
 *
 * <p>Writing thread: the telemetry agent. Memory: two {@link LatencyBook}s and a copy of one sample.
 *
 * <p>The frame rate of an interval is the steps that arrived in it over the time from the last step before it to its own last step: every
 * moment is counted once, and a step that falls just beside a boundary makes no ripple. It is 0 once two steps are overdue at the rate so
 * far.
 */
final class PartitionBook {
    private static final double NS_PER_S = 1e9;
    private static final double OVERDUE_STEP_COUNT = 2;

    private final int partition;
    private final LatencyBook durations;
    private final LatencyBook latenesses;
    private final TickSample newest = new TickSample();

    private boolean hasSample;
    private long ticksRun;
    private long allocatedBytes;

    private int intervalSteps;
    private long stepNs;
    private long spanStartNs;
    private boolean isSpanStarted;
    private boolean isFirstInterval;
    private double fps = Double.NaN;

    private boolean hasPlateauSample;
    private long plateauFirstSlot;
    private long plateauTicksRun;
    private long plateauLastSlot;
    private long plateauAllocatedBytes;
    private long plateauAllocatedMaxBytes;
    private long handoffBaseCount;
    private long plateauHandoffCount;
    private long plateauOwnedCount;

    PartitionBook(final int partition) {
        this.partition = partition;
        durations = new LatencyBook("partition-" + partition + ".tick");
        latenesses = new LatencyBook("partition-" + partition + ".lateness");
    }

    /** Returns false if the sample is older than one that was seen, or impossible; it is then left out. */
    boolean onTick(final TickSample sample, final long nowNs, final boolean isPlateauOpen) {
        if (sample.durationNs < 0 || sample.latenessNs < 0 || sample.allocatedBytes < 0 || hasSample && sample.slot <= newest.slot) {
            return false;
        }
        durations.record(sample.durationNs, isPlateauOpen);
        latenesses.record(sample.latenessNs, isPlateauOpen);
        newest.copyFrom(sample);
        hasSample = true;
        ticksRun++;
        allocatedBytes += sample.allocatedBytes;
        if (isPlateauOpen) {
            onPlateauTick(sample);
        }

        if (isSpanStarted) {
            intervalSteps++;
        } else {
            isSpanStarted = true;
            isFirstInterval = true;
            spanStartNs = nowNs;
        }
        stepNs = nowNs;
        return true;
    }

    /** Fixes the frame rate of the interval that ends now. */
    void closeInterval(final long nowNs) {
        if (!isSpanStarted) {
            return;
        }
        if (intervalSteps > 0) {
            fps = stepNs > spanStartNs ? intervalSteps * NS_PER_S / (stepNs - spanStartNs) : Double.NaN;
            spanStartNs = stepNs;
        } else if (!isFirstInterval && isStalled(nowNs)) {
            fps = 0;
            spanStartNs = nowNs;
        }
        isFirstInterval = false;
        intervalSteps = 0;
    }

    void markPlateau() {
        durations.markPlateau();
        latenesses.markPlateau();
        hasPlateauSample = false;
        plateauTicksRun = 0;
        plateauAllocatedBytes = 0;
        plateauAllocatedMaxBytes = 0;
        plateauHandoffCount = 0;
        plateauOwnedCount = newest.ownedCount;
        handoffBaseCount = newest.handoffOutCount;
    }

    LatencyBook durations() {
        return durations;
    }

    LatencyBook latenesses() {
        return latenesses;
    }

    TickSample newest() {
        return newest;
    }

    /** NaN until it can be told. */
    double fps() {
        return fps;
    }

    long plateauTicksRun() {
        return plateauTicksRun;
    }

    long plateauLastSlot() {
        return hasPlateauSample ? plateauLastSlot : Long.MIN_VALUE;
    }

    /**
     * Slots from the first step of the plateau to the last. A partition that stopped while the others of its world went on owes theirs too,
     * but for the one slot that is still running.
     */
    long plateauTicksDue(final long worldLastSlot) {
        if (!hasPlateauSample) {
            return 0;
        }
        return Math.max(plateauLastSlot, worldLastSlot - 1) - plateauFirstSlot + 1;
    }

    long plateauAllocatedBytes() {
        return plateauAllocatedBytes;
    }

    long plateauAllocatedMaxBytes() {
        return plateauAllocatedMaxBytes;
    }

    long plateauHandoffCount() {
        return plateauHandoffCount;
    }

    /** Entities after the last step of the plateau: who leaves in the drain is still among them. */
    long plateauOwnedCount() {
        return plateauOwnedCount;
    }

    PartitionFigures figures() {
        return new PartitionFigures(partition, fps, newest.slot, newest.stepSlots, ticksRun, newest.missedSlotCount, newest.ownedCount,
            newest.ghostCount, newest.handoffOutCount, newest.handoffInCount, allocatedBytes,
            durations.intervalSummary(), latenesses.intervalSummary());
    }

    private boolean isStalled(final long nowNs) {
        return !(fps * (nowNs - stepNs) < OVERDUE_STEP_COUNT * NS_PER_S);
    }

    private void onPlateauTick(final TickSample sample) {
        if (!hasPlateauSample) {
            hasPlateauSample = true;
            plateauFirstSlot = sample.slot;
        }
        plateauLastSlot = sample.slot;
        plateauTicksRun++;
        plateauAllocatedBytes += sample.allocatedBytes;
        plateauAllocatedMaxBytes = Math.max(plateauAllocatedMaxBytes, sample.allocatedBytes);
        plateauHandoffCount = sample.handoffOutCount - handoffBaseCount;
        plateauOwnedCount = sample.ownedCount;
    }
}
