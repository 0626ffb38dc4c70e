package io.orrery.telemetry.pipeline;

import java.util.List;
import java.util.Map;

/**
 * All partitions together at the end of an interval.
 *
 * @param partitions those that were heard of, by index; unmodifiable.
 * @param fpsMin lowest of the partitions' frame rates; 0 while none is known.
 * @param fpsMedian median of them.
 * @param fpsMax highest of them.
 * @param ownedCount entities, each counted once.
 * @param ghostCount copies kept for neighbours.
 * @param countByKind entities by the name of their kind, every named kind and those seen beyond; unmodifiable.
 * @param tick durations of the interval's ticks in all partitions.
 * @param lateness how late the interval's ticks started in all partitions.
 */
public record WorldFigures(
    List<PartitionFigures> partitions, double fpsMin, double fpsMedian, double fpsMax, long ownedCount, long ghostCount,
    Map<String, Long> countByKind, LatencySummary tick, LatencySummary lateness) {
}
