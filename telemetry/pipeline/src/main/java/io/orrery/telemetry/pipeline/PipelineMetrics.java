package io.orrery.telemetry.pipeline;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.orrery.telemetry.record.Gauge;
import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TickSample;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * The metrics of a server under their public names. Histograms are fed sample by sample; all else is read from the newest snapshot when
 * somebody scrapes, so that it costs nothing until then and is one consistent moment.
 *
 * <p>Writing thread: the telemetry agent; scraping threads only read. Memory: three histograms for each partition or measure, classic
 * buckets
 * and at most 160 native ones. Labels: {@code partition}, {@code kind}, {@code measure}, {@code producer}, each bounded by the context.
 */
final class PipelineMetrics {
    private static final double NS_PER_S = 1e9;
    private static final double MS_PER_S = 1e3;
    private static final double[] BOUNDS_S = {.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Supplier<TelemetrySnapshot> snapshots;
    private final Histogram durations;
    private final Histogram latenesses;
    private final DistributionDataPoint[] durationByPartition;
    private final DistributionDataPoint[] latenessByPartition;
    private final DistributionDataPoint[] byMeasure = new DistributionDataPoint[Measure.values().length];

    PipelineMetrics(final Supplier<TelemetrySnapshot> snapshots, final int partitionCapacity) {
        this.snapshots = snapshots;
        durations = histogram("orrery_tick_duration_seconds", "Start of a tick to the publication of its view", "partition");
        latenesses = histogram("orrery_tick_lateness_seconds", "Moment a tick was due to its start", "partition");
        final Histogram measures = histogram("orrery_operation_duration_seconds", "Durations beside the tick", "measure");
        for (final Measure measure : Measure.values()) {
            byMeasure[measure.ordinal()] = measures.labelValues(measure.label());
        }
        durationByPartition = new DistributionDataPoint[partitionCapacity];
        latenessByPartition = new DistributionDataPoint[partitionCapacity];
        registerPartitions();
        registerWorld();
        registerGauges();
        registerSystem();
        registerQueues();
    }

    void onTick(final TickSample sample) {
        final int partition = sample.partition;
        if (durationByPartition[partition] == null) {
            final String label = Integer.toString(partition);
            durationByPartition[partition] = durations.labelValues(label);
            latenessByPartition[partition] = latenesses.labelValues(label);
        }
        durationByPartition[partition].observe(sample.durationNs / NS_PER_S);
        latenessByPartition[partition].observe(sample.latenessNs / NS_PER_S);
    }

    void onLatency(final Measure measure, final long valueNs) {
        byMeasure[measure.ordinal()].observe(valueNs / NS_PER_S);
    }

    PrometheusRegistry registry() {
        return registry;
    }

    private void registerPartitions() {
        GaugeWithCallback.builder().name("orrery_partition_fps").help("Steps per second over the last interval").labelNames("partition")
            .callback(callback -> eachPartition(partition -> {
                if (!Double.isNaN(partition.fps())) {
                    callback.call(partition.fps(), label(partition));
                }
            })).register(registry);
        partitionGauge("orrery_partition_entities", "Entities a partition owns", PartitionFigures::ownedCount);
        partitionGauge("orrery_partition_ghosts", "Copies of neighbours' entities", PartitionFigures::ghostCount);
        partitionCounter("orrery_ticks_total", "Steps run", PartitionFigures::tickCount);
        partitionCounter("orrery_missed_slots_total", "Slots in which no step ran", PartitionFigures::missedSlotCount);
        partitionCounter("orrery_handoffs_out_total", "Entities sent to neighbours", PartitionFigures::handoffOutCount);
        partitionCounter("orrery_handoffs_in_total", "Entities taken over from neighbours", PartitionFigures::handoffInCount);
        partitionCounter("orrery_tick_allocated_bytes_total", "Bytes the tick thread allocated in ticks", PartitionFigures::allocatedBytes);
    }

    private void registerWorld() {
        GaugeWithCallback.builder().name("orrery_objects").help("Game objects by kind, each counted once").labelNames("kind")
            .callback(callback -> snapshots.get().world().countByKind().forEach((kind, count) -> callback.call(count, kind)))
            .register(registry);
    }

    private void registerGauges() {
        for (final Gauge gauge : Gauge.values()) {
            switch (gauge) {
                case USERS -> gauge("orrery_users", "Connected users", snapshot -> snapshot.gauges().value(Gauge.USERS));
                case PACKETS_IN -> counter(gauge, "orrery_network_received_packets_total", "Datagrams received");
                case PACKETS_OUT -> counter(gauge, "orrery_network_sent_packets_total", "Datagrams sent");
                case BYTES_IN -> counter(gauge, "orrery_network_received_bytes_total", "Bytes of datagrams received");
                case BYTES_OUT -> counter(gauge, "orrery_network_sent_bytes_total", "Bytes of datagrams sent");
                case PACKETS_REFUSED -> counter(gauge, "orrery_network_refused_packets_total", "Datagrams refused");
                case COMMANDS_REFUSED -> counter(gauge, "orrery_refused_commands_total", "Client commands that broke a rule");
                case QUEUE_FULL -> counter(gauge, "orrery_queue_full_total", "Messages lost to a full queue");
            }
        }
    }

    private void registerSystem() {
        gauge("orrery_process_cpu_cores", "Processors kept busy over the last interval", snapshot -> snapshot.system().cpuCores());
        gauge("orrery_process_cpu_ratio", "The same, of all processors, 0 to 1", snapshot -> snapshot.system().cpuRatio());
        counter("orrery_process_cpu_seconds_total", "Processor time used", snapshot -> snapshot.system().cpuTimeNs() / NS_PER_S);
        gauge("orrery_process_virtual_memory_bytes", "Address space", snapshot -> snapshot.system().virtualBytes());
        gauge("orrery_process_resident_memory_bytes", "Physical memory", snapshot -> snapshot.system().physicalBytes());
        gauge("orrery_jvm_heap_used_bytes", "Java heap in use, garbage included", snapshot -> snapshot.system().heapUsedBytes());
        gauge("orrery_jvm_heap_committed_bytes", "Java heap held", snapshot -> snapshot.system().heapCommittedBytes());
        counter("orrery_jvm_gc_collections_total", "Garbage collections", snapshot -> snapshot.system().gcCount());
        counter("orrery_jvm_gc_seconds_total", "Time garbage collections took", snapshot -> snapshot.system().gcTimeMs() / MS_PER_S);
    }

    private void registerQueues() {
        CounterWithCallback.builder().name("orrery_telemetry_lost_samples_total").help("Telemetry samples lost to a full ring")
            .labelNames("producer").callback(callback -> {
                for (final QueueFigures.Producer producer : snapshots.get().queues().producers()) {
                    callback.call(producer.lostCount(), producer.name());
                }
            }).register(registry);
        counter("orrery_telemetry_refused_samples_total", "Telemetry samples that were impossible", s -> s.queues().refusedCount());
        counter("orrery_telemetry_faults_total", "Intervals of the histogram log at risk, failed listeners", s -> s.queues().faultCount());
        counter("orrery_telemetry_snapshots_total", "Snapshots published; stands still if telemetry does", TelemetrySnapshot::sequence);
    }

    private Histogram histogram(final String name, final String help, final String labelName) {
        return Histogram.builder().name(name).help(help).labelNames(labelName).classicUpperBounds(BOUNDS_S).withoutExemplars()
            .register(registry);
    }

    private void gauge(final String name, final String help, final ToDoubleFunction<TelemetrySnapshot> value) {
        GaugeWithCallback.builder().name(name).help(help)
            .callback(callback -> callback.call(value.applyAsDouble(snapshots.get()))).register(registry);
    }

    private void counter(final Gauge gauge, final String name, final String help) {
        counter(name, help, snapshot -> snapshot.gauges().value(gauge));
    }

    private void counter(final String name, final String help, final ToDoubleFunction<TelemetrySnapshot> value) {
        CounterWithCallback.builder().name(name).help(help)
            .callback(callback -> callback.call(value.applyAsDouble(snapshots.get()))).register(registry);
    }

    private void partitionGauge(final String name, final String help, final ToDoubleFunction<PartitionFigures> value) {
        GaugeWithCallback.builder().name(name).help(help).labelNames("partition")
            .callback(callback -> eachPartition(p -> callback.call(value.applyAsDouble(p), label(p)))).register(registry);
    }

    private void partitionCounter(final String name, final String help, final ToDoubleFunction<PartitionFigures> value) {
        CounterWithCallback.builder().name(name).help(help).labelNames("partition")
            .callback(callback -> eachPartition(p -> callback.call(value.applyAsDouble(p), label(p)))).register(registry);
    }

    private void eachPartition(final Consumer<PartitionFigures> consumer) {
        snapshots.get().world().partitions().forEach(consumer);
    }

    private static String label(final PartitionFigures partition) {
        return Integer.toString(partition.partition());
    }
}
