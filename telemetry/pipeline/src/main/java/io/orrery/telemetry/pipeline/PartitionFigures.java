package io.orrery.telemetry.pipeline;

/**
 * One partition at the end of an interval.
 *
 * @param partition index in its world, from 0.
 * @param fps steps per second over the interval; NaN until two steps were seen.
 * @param slot world tick number of the newest step.
 * @param stepSlots slots the newest step covered; over 1 after an overload.
 * @param tickCount steps since start.
 * @param missedSlotCount slots without a step since start.
 * @param ownedCount entities it owns.
 * @param ghostCount copies of neighbours' entities.
 * @param handoffOutCount entities sent to neighbours since start.
 * @param handoffInCount entities taken over from neighbours since start.
 * @param allocatedBytes bytes its ticks allocated since start.
 * @param tick durations of the interval's ticks.
 * @param lateness how late the interval's ticks started.
 */
public record PartitionFigures(
    int partition, double fps, long slot, int stepSlots, long tickCount, long missedSlotCount, int ownedCount, int ghostCount,
    long handoffOutCount, long handoffInCount, long allocatedBytes, LatencySummary tick, LatencySummary lateness) {
}
