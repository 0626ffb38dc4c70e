package io.orrery.telemetry.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TickSample;

/**
 * All figures behind the rings: takes samples, closes intervals, and turns what it holds into immutable figures.
 *
 * <p>Writing thread: the telemetry agent. Memory: a {@link PartitionBook} for each partition that was heard of, up to the context's
 * capacity;
 * a {@link LatencyBook} for each {@link Measure}.
 */
final class TelemetryBook {
    static final String TICK_TAG = "tick";
    static final String LATENESS_TAG = "lateness";

    private static final Measure[] MEASURES = Measure.values();
    private static final double NS_PER_S = 1e9;

    private final PartitionBook[] partitions;
    private final LatencyBook[] measures = new LatencyBook[MEASURES.length];
    private final LatencyBook durations = new LatencyBook(TICK_TAG);
    private final LatencyBook latenesses = new LatencyBook(LATENESS_TAG);
    private final List<String> kindNames;

    private int partitionCount;
    private long refusedCount;

    private boolean isPlateauMarked;
    private boolean isPlateauOpen = true;
    private boolean isPlateauInterval = true;
    private long plateauStartNs;
    private long plateauEndNs;
    private double plateauFpsMin = Double.NaN;
    private double plateauUserSeconds;
    private long usersNs;

    TelemetryBook(final int partitionCapacity, final List<String> kindNames, final long nowNs) {
        partitions = new PartitionBook[partitionCapacity];
        this.kindNames = kindNames;
        for (final Measure measure : MEASURES) {
            measures[measure.ordinal()] = new LatencyBook(measure.label());
        }
        plateauStartNs = nowNs;
        plateauEndNs = nowNs;
        usersNs = nowNs;
    }

    /** Returns false if the sample was refused; it is counted. */
    boolean onTick(final TickSample sample, final long nowNs) {
        if (sample.partition < 0 || sample.partition >= partitions.length
            || !partition(sample.partition).onTick(sample, nowNs, isPlateauOpen)) {
            refusedCount++;
            return false;
        }
        durations.record(sample.durationNs, isPlateauOpen);
        latenesses.record(sample.latenessNs, isPlateauOpen);
        return true;
    }

    /** Returns false if the value was refused; it is counted. */
    boolean onLatency(final Measure measure, final long valueNs) {
        if (valueNs < 0) {
            refusedCount++;
            return false;
        }
        measures[measure.ordinal()].record(valueNs, isPlateauOpen);
        return true;
    }

    /** A negative value is refused and counted. */
    void onGauge(final GaugeBook gauges, final Gauge gauge, final long value, final long nowNs) {
        if (value < 0) {
            refusedCount++;
            return;
        }
        gauges.onGauge(gauge, value, nowNs);
    }

    void closeInterval(final long nowNs, final RingSink[] sinks) {
        for (final PartitionBook partition : partitions) {
            if (partition != null) {
                partition.closeInterval(nowNs);
                if (isPlateauOpen && isPlateauInterval && !Double.isNaN(partition.fps())) {
                    plateauFpsMin = Double.isNaN(plateauFpsMin) ? partition.fps() : Math.min(plateauFpsMin, partition.fps());
                }
            }
        }
        for (final RingSink sink : sinks) {
            sink.gauges().closeInterval(isPlateauOpen);
        }
        countUsers(nowNs, sinks);
        isPlateauInterval = true;
    }

    void markPlateau(final long nowNs, final RingSink[] sinks) {
        countUsers(nowNs, sinks);
        isPlateauMarked = true;
        isPlateauOpen = true;
        isPlateauInterval = false;
        plateauStartNs = nowNs;
        plateauEndNs = nowNs;
        plateauFpsMin = Double.NaN;
        plateauUserSeconds = 0;
        durations.markPlateau();
        latenesses.markPlateau();
        for (final LatencyBook measure : measures) {
            measure.markPlateau();
        }
        for (final PartitionBook partition : partitions) {
            if (partition != null) {
                partition.markPlateau();
            }
        }
        for (final RingSink sink : sinks) {
            sink.gauges().markPlateau();
        }
    }

    void endPlateau(final long nowNs, final RingSink[] sinks) {
        if (!isPlateauOpen) {
            return;
        }
        countUsers(nowNs, sinks);
        for (final RingSink sink : sinks) {
            sink.gauges().updatePlateauRates();
        }
        isPlateauOpen = false;
    }

    /** Writes every histogram that has values and starts the next interval with empty ones. */
    void flushIntervals(final IntervalLog log, final long startMs, final long endMs) {
        durations.resetInterval();
        latenesses.resetInterval();
        for (final PartitionBook partition : partitions) {
            if (partition != null) {
                partition.durations().flushInterval(log, startMs, endMs);
                partition.latenesses().flushInterval(log, startMs, endMs);
            }
        }
        for (final LatencyBook measure : measures) {
            measure.flushInterval(log, startMs, endMs);
        }
    }

    WorldFigures worldFigures() {
        final List<PartitionFigures> figures = new ArrayList<>(partitionCount);
        final long[] countByKind = new long[TickSample.KIND_CAPACITY];
        long ownedCount = 0;
        long ghostCount = 0;
        for (final PartitionBook partition : partitions) {
            if (partition != null) {
                figures.add(partition.figures());
                ownedCount += partition.newest().ownedCount;
                ghostCount += partition.newest().ghostCount;
                for (int kind = 0; kind < countByKind.length; kind++) {
                    countByKind[kind] += partition.newest().countByKind[kind];
                }
            }
        }
        final double[] fps = sortedFps(figures);
        final int last = fps.length - 1;
        return new WorldFigures(List.copyOf(figures), last < 0 ? 0 : fps[0], last < 0 ? 0 : (fps[last / 2] + fps[(last + 1) / 2]) / 2,
            last < 0 ? 0 : fps[last], ownedCount, ghostCount, named(countByKind), durations.intervalSummary(),
            latenesses.intervalSummary());
    }

    List<LatencySummary> intervalSummaries() {
        final List<LatencySummary> summaries = new ArrayList<>(MEASURES.length);
        for (final LatencyBook measure : measures) {
            if (measure.intervalCount() > 0) {
                summaries.add(measure.intervalSummary());
            }
        }
        return List.copyOf(summaries);
    }

    static GaugeFigures gaugeFigures(final RingSink[] sinks) {
        final long[] values = new long[GaugeBook.GAUGE_COUNT];
        final double[] ratesPerS = new double[GaugeBook.GAUGE_COUNT];
        for (final RingSink sink : sinks) {
            for (int gauge = 0; gauge < GaugeBook.GAUGE_COUNT; gauge++) {
                values[gauge] += sink.gauges().newest(gauge);
                ratesPerS[gauge] += sink.gauges().ratePerS(gauge);
            }
        }
        return new GaugeFigures(values, ratesPerS);
    }

    PlateauTotals totals(final RingSink[] sinks) {
        long ticksRun = 0;
        long ticksDue = 0;
        long handoffs = 0;
        long allocatedBytes = 0;
        long allocatedMaxBytes = 0;
        long ownedCount = 0;
        final long worldLastSlot = worldLastSlot();
        for (final PartitionBook partition : partitions) {
            if (partition != null) {
                ticksRun += partition.plateauTicksRun();
                ticksDue += partition.plateauTicksDue(worldLastSlot);
                handoffs += partition.plateauHandoffCount();
                allocatedBytes += partition.plateauAllocatedBytes();
                allocatedMaxBytes = Math.max(allocatedMaxBytes, partition.plateauAllocatedMaxBytes());
                ownedCount += partition.plateauOwnedCount();
            }
        }
        final long lengthNs = plateauEndNs - plateauStartNs;
        return new PlateauTotals(isPlateauMarked, lengthNs, partitionCount, ticksRun, ticksDue,
            Double.isNaN(plateauFpsMin) ? 0 : plateauFpsMin, durations.plateauSummary(), latenesses.plateauSummary(), plateauSummaries(),
            ownedCount, lengthNs > 0 ? plateauUserSeconds * NS_PER_S / lengthNs : 0, handoffs,
            ticksRun > 0 ? (double) allocatedBytes / ticksRun : 0, allocatedMaxBytes, plateauRatePerS(sinks, Gauge.PACKETS_IN),
            plateauRatePerS(sinks, Gauge.PACKETS_OUT), plateauRatePerS(sinks, Gauge.BYTES_IN), plateauRatePerS(sinks, Gauge.BYTES_OUT));
    }

    long refusedCount() {
        return refusedCount;
    }

    private PartitionBook partition(final int index) {
        if (partitions[index] == null) {
            partitions[index] = new PartitionBook(index);
            partitionCount++;
        }
        return partitions[index];
    }

    private void countUsers(final long nowNs, final RingSink[] sinks) {
        if (isPlateauOpen) {
            long users = 0;
            for (final RingSink sink : sinks) {
                users += sink.gauges().newest(Gauge.USERS.ordinal());
            }
            plateauUserSeconds += users * ((nowNs - usersNs) / NS_PER_S);
            plateauEndNs = nowNs;
        }
        usersNs = nowNs;
    }

    private long worldLastSlot() {
        long last = Long.MIN_VALUE + 1;
        for (final PartitionBook partition : partitions) {
            if (partition != null) {
                last = Math.max(last, partition.plateauLastSlot());
            }
        }
        return last;
    }

    private List<LatencySummary> plateauSummaries() {
        final List<LatencySummary> summaries = new ArrayList<>(2 * partitionCount + MEASURES.length);
        for (final PartitionBook partition : partitions) {
            if (partition != null) {
                addIfAny(summaries, partition.durations().plateauSummary());
                addIfAny(summaries, partition.latenesses().plateauSummary());
            }
        }
        for (final LatencyBook measure : measures) {
            addIfAny(summaries, measure.plateauSummary());
        }
        return List.copyOf(summaries);
    }

    private Map<String, Long> named(final long[] countByKind) {
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (int kind = 0; kind < countByKind.length; kind++) {
            if (kind < kindNames.size()) {
                counts.put(kindNames.get(kind), countByKind[kind]);
            } else if (countByKind[kind] != 0) {
                counts.put("kind-" + kind, countByKind[kind]);
            }
        }
        return Collections.unmodifiableMap(counts);
    }

    private static double plateauRatePerS(final RingSink[] sinks, final Gauge gauge) {
        double sumPerS = 0;
        for (final RingSink sink : sinks) {
            sumPerS += sink.gauges().plateauRatePerS(gauge.ordinal());
        }
        return sumPerS;
    }

    private static double[] sortedFps(final List<PartitionFigures> figures) {
        final double[] sorted = new double[figures.size()];
        int count = 0;
        for (final PartitionFigures partition : figures) {
            if (!Double.isNaN(partition.fps())) {
                sorted[count++] = partition.fps();
            }
        }
        Arrays.sort(sorted, 0, count);
        return Arrays.copyOf(sorted, count);
    }

    private static void addIfAny(final List<LatencySummary> summaries, final LatencySummary summary) {
        if (summary.count() > 0) {
            summaries.add(summary);
        }
    }
}
