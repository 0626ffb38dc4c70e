package io.orrery.telemetry.pipeline;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.orrery.platform.config.Ranges;
import io.orrery.telemetry.record.TickSample;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of a {@link TelemetryPipeline}. Filled by setters, checked and frozen once by {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class TelemetryContext {
    /** Samples a producer's ring holds when nothing is said: five seconds of a partition at 120 steps a second, with room to spare. */
    public static final int RING_CAPACITY_DEFAULT = 1024;
    /** Smallest ring, in samples. */
    public static final int RING_CAPACITY_MIN = 16;
    /** Largest ring, in samples; about 15 MB. */
    public static final int RING_CAPACITY_MAX = 65_536;
    /** Most producers when nothing is said. */
    public static final int PRODUCER_CAPACITY_DEFAULT = 64;
    /** Most producers that may be asked for; each is a value of a metric's label. */
    public static final int PRODUCER_CAPACITY_MAX = 1024;
    /** Most partitions when nothing is said. */
    public static final int PARTITION_CAPACITY_DEFAULT = 64;
    /** Most partitions that may be asked for; each is a value of a metric's label and costs up to 900 kB of histograms. */
    public static final int PARTITION_CAPACITY_MAX = 256;
    /** Time between two snapshots when nothing is said, in nanoseconds: one second. */
    public static final long INTERVAL_DEFAULT_NS = 1_000_000_000L;
    /** Shortest time between two snapshots, in nanoseconds. */
    public static final long INTERVAL_MIN_NS = 100_000_000L;
    /** Longest time between two snapshots, in nanoseconds. */
    public static final long INTERVAL_MAX_NS = 60_000_000_000L;

    private static final Pattern KIND_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

    private int ringCapacity = RING_CAPACITY_DEFAULT;
    private int producerCapacity = PRODUCER_CAPACITY_DEFAULT;
    private int partitionCapacity = PARTITION_CAPACITY_DEFAULT;
    private long intervalNs = INTERVAL_DEFAULT_NS;
    private Path histogramLog;
    private List<String> kindNames = List.of();
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private EpochClock epochClock = SystemEpochClock.INSTANCE;
    private Consumer<TelemetrySnapshot> snapshotListener = TelemetryContext::ignore;
    private boolean isConcluded;

    /**
     * Sets how many samples each producer's ring holds.
     *
     * @param capacity samples, a power of two, {@link #RING_CAPACITY_MIN} to {@link #RING_CAPACITY_MAX}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TelemetryContext ringCapacity(final int capacity) {
        checkOpen();
        ringCapacity = capacity;
        return this;
    }

    /**
     * Sets how many sinks may be asked for.
     *
     * @param capacity sinks, 1 to {@link #PRODUCER_CAPACITY_MAX}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TelemetryContext producerCapacity(final int capacity) {
        checkOpen();
        producerCapacity = capacity;
        return this;
    }

    /**
     * Sets how many partitions are told apart; ticks of a partition with a higher index are refused and counted.
     *
     * @param capacity partitions, 1 to {@link #PARTITION_CAPACITY_MAX}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TelemetryContext partitionCapacity(final int capacity) {
        checkOpen();
        partitionCapacity = capacity;
        return this;
    }

    /**
     * Sets the time between two snapshots, which is also the length of the intervals in the histogram log.
     *
     * @param lengthNs nanoseconds, {@link #INTERVAL_MIN_NS} to {@link #INTERVAL_MAX_NS}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TelemetryContext intervalNs(final long lengthNs) {
        checkOpen();
        intervalNs = lengthNs;
        return this;
    }

    /**
     * Sets the file that histogram intervals are written to. Its folder is made if missing; a file already there is replaced.
     *
     * @param file usually ends in {@code .hlog}; null, the default, for none.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TelemetryContext histogramLog(final Path file) {
        checkOpen();
        histogramLog = file;
        return this;
    }

    /**
     * Sets what kinds of game objects are called in metrics; the place in the list is the kind's number.
     *
     * @param names at most {@link TickSample#KIND_CAPACITY}, each different, of lower case letters, digits, {@code _} and {@code -}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TelemetryContext kindNames(final List<String> names) {
        checkOpen();
        kindNames = List.copyOf(names);
        return this;
    }

    /**
     * Sets the clock that intervals and rates are measured by.
     *
     * @param clock monotonic, nanoseconds.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TelemetryContext nanoClock(final NanoClock clock) {
        checkOpen();
        nanoClock = clock;
        return this;
    }

    /**
     * Sets the clock that intervals in the histogram log are stamped by.
     *
     * @param clock milliseconds since 1970, UTC.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TelemetryContext epochClock(final EpochClock clock) {
        checkOpen();
        epochClock = clock;
        return this;
    }

    /**
     * Sets who is handed each snapshot, on the telemetry thread, as soon as it is published. It must return soon; what it throws is
     * counted.
     *
     * @param listener never null.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TelemetryContext snapshotListener(final Consumer<TelemetrySnapshot> listener) {
        checkOpen();
        snapshotListener = listener;
        return this;
    }

    /**
     * Checks every value and the relations between them, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public TelemetryContext conclude() {
        checkOpen();
        Ranges.check("ringCapacity", ringCapacity, RING_CAPACITY_MIN, RING_CAPACITY_MAX);
        if (Integer.bitCount(ringCapacity) != 1) {
            throw new IllegalArgumentException("ringCapacity=" + ringCapacity + ", must be a power of two");
        }
        Ranges.check("producerCapacity", producerCapacity, 1, PRODUCER_CAPACITY_MAX);
        Ranges.check("partitionCapacity", partitionCapacity, 1, PARTITION_CAPACITY_MAX);
        Ranges.check("intervalNs", intervalNs, INTERVAL_MIN_NS, INTERVAL_MAX_NS);
        Ranges.required("nanoClock", nanoClock);
        Ranges.required("epochClock", epochClock);
        Ranges.required("snapshotListener", snapshotListener);
        checkKindNames();
        isConcluded = true;
        return this;
    }

    int ringCapacity() {
        return ringCapacity;
    }

    int producerCapacity() {
        return producerCapacity;
    }

    int partitionCapacity() {
        return partitionCapacity;
    }

    long intervalNs() {
        return intervalNs;
    }

    Path histogramLog() {
        return histogramLog;
    }

    List<String> kindNames() {
        return kindNames;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    EpochClock epochClock() {
        return epochClock;
    }

    Consumer<TelemetrySnapshot> snapshotListener() {
        return snapshotListener;
    }

    void checkConcluded() {
        if (!isConcluded) {
            throw new IllegalStateException("TelemetryContext is not concluded: call conclude() first");
        }
    }

    private void checkKindNames() {
        Ranges.check("kindNames.size", kindNames.size(), 0, TickSample.KIND_CAPACITY);
        final Set<String> seen = new HashSet<>();
        for (final String name : kindNames) {
            if (!KIND_NAME.matcher(name).matches() || !seen.add(name)) {
                throw new IllegalArgumentException("kindNames=" + name + ", must be different and match " + KIND_NAME.pattern());
            }
        }
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("TelemetryContext is concluded");
        }
    }

    private static void ignore(final TelemetrySnapshot snapshot) {
        // Nobody asked to be told; the snapshot stays readable from the pipeline.
    }
}
