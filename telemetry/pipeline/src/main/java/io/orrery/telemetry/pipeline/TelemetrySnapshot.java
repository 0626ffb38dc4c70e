package io.orrery.telemetry.pipeline;

import java.util.List;

/**
 * Everything telemetry knows at the end of an interval. Immutable: any thread may read it, for as long as it likes.
 *
 * @param sequence snapshots before this one; 0 is the empty one before the first interval.
 * @param epochMs when it was taken, milliseconds since 1970, UTC.
 * @param elapsedNs since the pipeline was made, nanoseconds.
 * @param world partitions and their sums.
 * @param gauges network, users and refusals.
 * @param system what the process takes from its machine.
 * @param queues how the pipeline itself fares.
 * @param latencies the interval's measures that had values; unmodifiable.
 * @param totals since the plateau was marked.
 */
public record TelemetrySnapshot(
    long sequence, long epochMs, long elapsedNs, WorldFigures world, GaugeFigures gauges, SystemFigures system, QueueFigures queues,
    List<LatencySummary> latencies, PlateauTotals totals) {
}
