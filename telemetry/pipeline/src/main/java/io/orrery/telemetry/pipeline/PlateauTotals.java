package io.orrery.telemetry.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums from {@link TelemetryPipeline#markPlateau()} to {@link TelemetryPipeline#endPlateau()}, or to now. Before the first mark: since
 * start.
 *
 * @param isMarked whether the plateau was marked.
 * @param durationNs length so far, nanoseconds.
 * @param partitionCount partitions that were heard of.
 * @param ticksRun steps that arrived, all partitions.
 * @param ticksDue slots from each partition's first step to its last, both included; a partition that stopped owes the others' slots too.
 * @param fpsMin lowest frame rate that a partition had over a whole interval; 0 if there was none.
 * @param tick durations of all ticks.
 * @param lateness how late all ticks started.
 * @param latencies one for each tag of the interval log that has values: partitions first, then measures; unmodifiable.
 * @param ownedCount entities at the end of the plateau.
 * @param userMean connected users, mean over time.
 * @param handoffCount entities that changed partitions.
 * @param allocatedBytesPerTick bytes a tick thread allocated, mean over ticks.
 * @param allocatedMaxBytes most that one tick allocated.
 * @param packetsInPerS datagrams received, per second.
 * @param packetsOutPerS datagrams sent, per second.
 * @param bytesInPerS bytes of datagrams received, per second.
 * @param bytesOutPerS bytes of datagrams sent, per second.
 */
public record PlateauTotals(
    boolean isMarked, long durationNs, int partitionCount, long ticksRun, long ticksDue, double fpsMin, LatencySummary tick,
    LatencySummary lateness, List<LatencySummary> latencies, long ownedCount, double userMean, long handoffCount,
    double allocatedBytesPerTick, long allocatedMaxBytes, double packetsInPerS, double packetsOutPerS, double bytesInPerS,
    double bytesOutPerS) {

    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_S = 1e9;

    static PlateauTotals none() {
        return new PlateauTotals(false, 0, 0, 0, 0, 0, LatencySummary.empty(TelemetryBook.TICK_TAG),
            LatencySummary.empty(TelemetryBook.LATENESS_TAG), List.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Bytes sent to each user.
     *
     * @return per second; 0 without users.
     */
    public double bytesOutPerUserPerS() {
        return userMean > 0 ? bytesOutPerS / userMean : 0;
    }

    /**
     * The figures of a run's {@code summary.json} that telemetry knows; the caller adds its own, such as violations and command-to-frame
     * latency.
     *
     * @return flat keys with units in their names, in the order of the file; the caller may change the map.
     */
    public Map<String, Number> summaryFacts() {
        final Map<String, Number> facts = new LinkedHashMap<>();
        facts.put("duration_s", rounded(durationNs / NS_PER_S, 3));
        facts.put("partitions", partitionCount);
        facts.put("fps_min", rounded(fpsMin, 2));
        facts.put("ticks_run", ticksRun);
        facts.put("ticks_due", ticksDue);
        facts.put("tick_p50_us", rounded(tick.p50Ns() / NS_PER_US, 1));
        facts.put("tick_p99_us", rounded(tick.p99Ns() / NS_PER_US, 1));
        facts.put("tick_max_us", rounded(tick.maxNs() / NS_PER_US, 1));
        facts.put("bytes_per_client_per_s", rounded(bytesOutPerUserPerS(), 1));
        facts.put("packets_per_s_in", rounded(packetsInPerS, 1));
        facts.put("packets_per_s_out", rounded(packetsOutPerS, 1));
        facts.put("entities", ownedCount);
        facts.put("handoffs", handoffCount);
        facts.put("allocated_bytes_per_tick", rounded(allocatedBytesPerTick, 3));
        return facts;
    }

    private static double rounded(final double value, final int digits) {
        final double factor = Math.pow(10, digits);
        return Math.round(value * factor) / factor;
    }
}
