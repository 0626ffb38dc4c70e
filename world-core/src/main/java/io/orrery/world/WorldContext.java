package io.orrery.world;

import io.orrery.platform.config.Ranges;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.world.log.InputLog;
import io.orrery.world.partition.PartitionPlan;
import io.orrery.world.space.WorldGeometry;
import io.orrery.world.system.PatrolRule;
import io.orrery.world.tick.FrameLoop;
import io.orrery.world.tick.OverloadPolicy;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.agrona.BitUtil;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of a {@link World}. Filled by setters, checked and frozen once by {@link #conclude()}. Defaults are the demo world.
 * Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class WorldContext {
    /** Shortest period accepted, in nanoseconds: 120 steps a second. */
    public static final long TICK_PERIOD_MIN_NS = 8_333_333L;
    /** Longest period accepted, in nanoseconds: one step a second. */
    public static final long TICK_PERIOD_MAX_NS = 1_000_000_000L;
    /** Largest extent of a map along one axis, in metres. */
    public static final int EXTENT_MAX_METRES = 65_536;
    /** Most partitions along one axis. */
    public static final int PARTITIONS_PER_AXIS_MAX = 16;
    /** Most entities or ghosts of one partition. */
    public static final int ENTITY_CAPACITY_MAX = 1 << 20;

    private static final double EXTENT_MIN_METRES = 64;
    private static final double SPEED_MIN_METRES_PER_SECOND = 0.001;
    private static final double SPEED_MAX_METRES_PER_SECOND = 100;
    private static final double HANDOFF_MARGIN_MIN_METRES = 0.01;
    private static final int VIEW_READER_MAX = 256;
    private static final int COMMAND_PRODUCER_MAX = 64;
    private static final int RING_CAPACITY_MAX = 1 << 16;
    private static final long TOMBSTONE_LIFE_MAX_NS = 600_000_000_000L;
    private static final long PAUSE_MAX_NS = 3_600_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;
    /** Capacity of the way between partitions that do not touch: teleports only. */
    private static final int FAR_LINK_CAPACITY = 16;
    /** Entities that left and are remembered, for each that fits. */
    private static final int TOMBSTONES_PER_ENTITY = 2;

    private double widthMetres = 2_048;
    private double heightMetres = 2_048;
    private int partitionColumns = 2;
    private int partitionRows = 2;
    private long tickPeriodNs = 50_000_000L;
    private OverloadPolicy overloadPolicy = OverloadPolicy.SKIP;
    private double interestRadiusMetres = 100;
    private double interestHysteresisMetres = 10;
    private double cellSizeMetres = 50;
    private double handoffMarginMetres = 2;
    private int entityCapacity = 8_192;
    private int ghostCapacity = 4_096;
    private int handoffCapacity = 512;
    private long tombstoneLifeNs = 10_000_000_000L;
    private long seed = 1;
    private int viewReaderCount = 4;
    private int commandProducerCount = 2;
    private int commandRingCapacity = 1_024;
    private float moveSpeedMetresPerSecond = 6;
    private int npcCount = 2_000;
    private float npcSpeedMetresPerSecond = 2;
    private float npcPatrolRadiusMetres = 30;
    private long npcPauseMinNs = 1_000_000_000L;
    private long npcPauseMaxNs = 5_000_000_000L;
    private NanoClock clock = SystemNanoClock.INSTANCE;
    private IntFunction<TelemetrySink> telemetrySinks = partition -> TelemetrySink.NONE;
    private LongSupplier threadAllocatedBytes = () -> 0;
    private IntFunction<InputLog> inputLogs = partition -> InputLog.NONE;
    private boolean isConcluded;

    /**
     * Sets the extent of the map along x.
     *
     * @param value metres, 64 to {@value #EXTENT_MAX_METRES}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext widthMetres(final double value) {
        checkOpen();
        widthMetres = value;
        return this;
    }

    /**
     * Sets the extent of the map along y.
     *
     * @param value metres, 64 to {@value #EXTENT_MAX_METRES}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext heightMetres(final double value) {
        checkOpen();
        heightMetres = value;
        return this;
    }

    /**
     * Sets how many partitions there are along x.
     *
     * @param value 1 to {@value #PARTITIONS_PER_AXIS_MAX}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext partitionColumns(final int value) {
        checkOpen();
        partitionColumns = value;
        return this;
    }

    /**
     * Sets how many partitions there are along y.
     *
     * @param value 1 to {@value #PARTITIONS_PER_AXIS_MAX}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext partitionRows(final int value) {
        checkOpen();
        partitionRows = value;
        return this;
    }

    /**
     * Sets the time between two steps.
     *
     * @param value nanoseconds, {@value #TICK_PERIOD_MIN_NS} to {@value #TICK_PERIOD_MAX_NS}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext tickPeriodNs(final long value) {
        checkOpen();
        tickPeriodNs = value;
        return this;
    }

    /**
     * Sets what happens to slots that were missed.
     *
     * @param value never null.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext overloadPolicy(final OverloadPolicy value) {
        checkOpen();
        overloadPolicy = value;
        return this;
    }

    /**
     * Sets how far a player sees.
     *
     * @param value metres, from 1.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext interestRadiusMetres(final double value) {
        checkOpen();
        interestRadiusMetres = value;
        return this;
    }

    /**
     * Sets how much farther what is seen may go before it is lost.
     *
     * @param value metres, from 0.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext interestHysteresisMetres(final double value) {
        checkOpen();
        interestHysteresisMetres = value;
        return this;
    }

    /**
     * Sets the edge of the cells by which views are sorted.
     *
     * @param value metres, from 1.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext cellSizeMetres(final double value) {
        checkOpen();
        cellSizeMetres = value;
        return this;
    }

    /**
     * Sets how far past the border of its partition an entity is handed over.
     *
     * @param value metres, from 0.01.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext handoffMarginMetres(final double value) {
        checkOpen();
        handoffMarginMetres = value;
        return this;
    }

    /**
     * Sets how many entities one partition can own.
     *
     * @param value 1 to {@value #ENTITY_CAPACITY_MAX}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext entityCapacity(final int value) {
        checkOpen();
        entityCapacity = value;
        return this;
    }

    /**
     * Sets how many ghosts one partition can see.
     *
     * @param value 1 to {@value #ENTITY_CAPACITY_MAX}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext ghostCapacity(final int value) {
        checkOpen();
        ghostCapacity = value;
        return this;
    }

    /**
     * Sets how many entities and forwarded commands fit on the way from a partition to one that touches it, one place for swaps included.
     *
     * @param value 2 to 65536; rounded up to a power of two.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext handoffCapacity(final int value) {
        checkOpen();
        handoffCapacity = value;
        return this;
    }

    /**
     * Sets how long a partition remembers an entity that left.
     *
     * @param value nanoseconds, from one tick to 10 minutes.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext tombstoneLifeNs(final long value) {
        checkOpen();
        tombstoneLifeNs = value;
        return this;
    }

    /**
     * Sets where all randomness begins.
     *
     * @param value any value.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext seed(final long value) {
        checkOpen();
        seed = value;
        return this;
    }

    /**
     * Sets how many readers of each partition's views can be made.
     *
     * @param value 0 to 256.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext viewReaderCount(final int value) {
        checkOpen();
        viewReaderCount = value;
        return this;
    }

    /**
     * Sets how many command proxies can be made.
     *
     * @param value 0 to 64.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext commandProducerCount(final int value) {
        checkOpen();
        commandProducerCount = value;
        return this;
    }

    /**
     * Sets how many commands fit between one producing thread and one partition.
     *
     * @param value 2 to 65536.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext commandRingCapacity(final int value) {
        checkOpen();
        commandRingCapacity = value;
        return this;
    }

    /**
     * Sets how fast players move.
     *
     * @param value metres per second, above 0 to 100.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext moveSpeedMetresPerSecond(final float value) {
        checkOpen();
        moveSpeedMetresPerSecond = value;
        return this;
    }

    /**
     * Sets how many NPCs the world begins with, spread evenly.
     *
     * @param value from 0.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext npcCount(final int value) {
        checkOpen();
        npcCount = value;
        return this;
    }

    /**
     * Sets how fast NPCs walk.
     *
     * @param value metres per second, above 0 to 100.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext npcSpeedMetresPerSecond(final float value) {
        checkOpen();
        npcSpeedMetresPerSecond = value;
        return this;
    }

    /**
     * Sets half the edge of the square in which an NPC chooses waypoints.
     *
     * @param value metres, 1 to 10000.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext npcPatrolRadiusMetres(final float value) {
        checkOpen();
        npcPatrolRadiusMetres = value;
        return this;
    }

    /**
     * Sets the shortest pause of an NPC at a waypoint.
     *
     * @param value nanoseconds, from 0.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext npcPauseMinNs(final long value) {
        checkOpen();
        npcPauseMinNs = value;
        return this;
    }

    /**
     * Sets the longest pause of an NPC at a waypoint.
     *
     * @param value nanoseconds, from the shortest to one hour.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext npcPauseMaxNs(final long value) {
        checkOpen();
        npcPauseMaxNs = value;
        return this;
    }

    /**
     * Sets the clock the world waits on; tests pass one they move by hand.
     *
     * @param value monotonic, nanoseconds.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext clock(final NanoClock value) {
        checkOpen();
        clock = value;
        return this;
    }

    /**
     * Sets where each partition's samples go.
     *
     * @param value makes the sink of the partition with that index.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext telemetrySinks(final IntFunction<TelemetrySink> value) {
        checkOpen();
        telemetrySinks = value;
        return this;
    }

    /**
     * Sets how the bytes that the calling thread has allocated are read.
     *
     * @param value never allocates itself.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext threadAllocatedBytes(final LongSupplier value) {
        checkOpen();
        threadAllocatedBytes = value;
        return this;
    }

    /**
     * Sets where each partition's inputs are kept.
     *
     * @param value makes the log of the partition with that index.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public WorldContext inputLogs(final IntFunction<InputLog> value) {
        checkOpen();
        inputLogs = value;
        return this;
    }

    /**
     * Checks every value and the relations between them, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public WorldContext conclude() {
        checkOpen();
        checkMap();
        checkCapacities();
        checkMovement();
        checkRelations();
        Ranges.required("overloadPolicy", overloadPolicy);
        Ranges.required("clock", clock);
        Ranges.required("telemetrySinks", telemetrySinks);
        Ranges.required("threadAllocatedBytes", threadAllocatedBytes);
        Ranges.required("inputLogs", inputLogs);
        isConcluded = true;
        return this;
    }

    private void checkMap() {
        Ranges.check("widthMetres", widthMetres, EXTENT_MIN_METRES, EXTENT_MAX_METRES);
        Ranges.check("heightMetres", heightMetres, EXTENT_MIN_METRES, EXTENT_MAX_METRES);
        Ranges.check("partitionColumns", partitionColumns, 1, PARTITIONS_PER_AXIS_MAX);
        Ranges.check("partitionRows", partitionRows, 1, PARTITIONS_PER_AXIS_MAX);
        Ranges.check("tickPeriodNs", tickPeriodNs, TICK_PERIOD_MIN_NS, TICK_PERIOD_MAX_NS);
        Ranges.check("interestRadiusMetres", interestRadiusMetres, 1, EXTENT_MAX_METRES);
        Ranges.check("interestHysteresisMetres", interestHysteresisMetres, 0, EXTENT_MAX_METRES);
        Ranges.check("cellSizeMetres", cellSizeMetres, 1, EXTENT_MAX_METRES);
        Ranges.check("handoffMarginMetres", handoffMarginMetres, HANDOFF_MARGIN_MIN_METRES, EXTENT_MAX_METRES);
    }

    private void checkCapacities() {
        Ranges.check("entityCapacity", entityCapacity, 1, ENTITY_CAPACITY_MAX);
        Ranges.check("ghostCapacity", ghostCapacity, 1, ENTITY_CAPACITY_MAX);
        Ranges.check("handoffCapacity", handoffCapacity, 2, RING_CAPACITY_MAX);
        Ranges.check("tombstoneLifeNs", tombstoneLifeNs, tickPeriodNs, TOMBSTONE_LIFE_MAX_NS);
        Ranges.check("viewReaderCount", viewReaderCount, 0, VIEW_READER_MAX);
        Ranges.check("commandProducerCount", commandProducerCount, 0, COMMAND_PRODUCER_MAX);
        Ranges.check("commandRingCapacity", commandRingCapacity, 2, RING_CAPACITY_MAX);
        Ranges.check("npcCount", npcCount, 0, ENTITY_CAPACITY_MAX);
    }

    private void checkMovement() {
        Ranges.check("moveSpeedMetresPerSecond", moveSpeedMetresPerSecond, SPEED_MIN_METRES_PER_SECOND, SPEED_MAX_METRES_PER_SECOND);
        Ranges.check("npcSpeedMetresPerSecond", npcSpeedMetresPerSecond, SPEED_MIN_METRES_PER_SECOND, SPEED_MAX_METRES_PER_SECOND);
        Ranges.check("npcPatrolRadiusMetres", npcPatrolRadiusMetres, 1, 10_000);
        Ranges.check("npcPauseMinNs", npcPauseMinNs, 0, PAUSE_MAX_NS);
        Ranges.check("npcPauseMaxNs", npcPauseMaxNs, npcPauseMinNs, PAUSE_MAX_NS);
    }

    private void checkRelations() {
        final double seenMetres = interestRadiusMetres + interestHysteresisMetres;
        final double edgeMetres = Math.min(widthMetres / partitionColumns, heightMetres / partitionRows);
        if (partitionColumns * partitionRows > 1) {
            if (edgeMetres < 2 * seenMetres) {
                throw new IllegalArgumentException("partition edge=" + edgeMetres + " m (extent / partitions), must be >= " + 2 * seenMetres
                    + " m = 2 * (interestRadiusMetres + interestHysteresisMetres)");
            }
            final double reachMetres = ghostBandMetres() + handoffMarginMetres + stepMaxMetres();
            if (edgeMetres < reachMetres) {
                throw new IllegalArgumentException("partition edge=" + edgeMetres + " m (extent / partitions), must be >= " + reachMetres
                    + " m = what a partition sees past its border, so that nothing it sees belongs to a partition that does not touch it");
            }
        }
        final int partitionCount = partitionColumns * partitionRows;
        final int npcsPerPartition = (npcCount + partitionCount - 1) / partitionCount;
        if (npcsPerPartition > entityCapacity) {
            final long npcMax = (long) entityCapacity * partitionCount;
            throw new IllegalArgumentException("npcCount=" + npcCount + ", must be <= " + npcMax + " = entityCapacity * partitions");
        }
    }

    WorldGeometry geometry() {
        return new WorldGeometry(widthMetres, heightMetres, partitionColumns, partitionRows);
    }

    PartitionPlan plan(final int partition, final WorldGeometry geometry, final InputLog log) {
        final double tickSeconds = tickPeriodNs / NANOS_PER_SECOND;
        final PatrolRule patrol = new PatrolRule(npcSpeedMetresPerSecond, npcPatrolRadiusMetres, npcPauseMinNs / tickPeriodNs,
            npcPauseMaxNs / tickPeriodNs);
        return new PartitionPlan(partition, geometry, tickSeconds, moveSpeedMetresPerSecond, patrol, handoffMarginMetres,
            ghostBandMetres(), cellSizeMetres, entityCapacity, ghostCapacity, linkPlacesFrom(partition, geometry) + 1,
            viewReaderCount + geometry.neighboursOf(partition).length, seed, clock, telemetrySinks.apply(partition), log);
    }

    int npcCountOf(final int partition, final int partitionCount) {
        return npcCount / partitionCount + (partition < npcCount % partitionCount ? 1 : 0);
    }

    /** What is seen from anywhere an owned entity can be, in views that may be some steps old. */
    private double ghostBandMetres() {
        return interestRadiusMetres + interestHysteresisMetres + handoffMarginMetres + 2 * stepMaxMetres();
    }

    private double stepMaxMetres() {
        return Math.max(moveSpeedMetresPerSecond, npcSpeedMetresPerSecond) * FrameLoop.STEP_SLOTS_MAX * (tickPeriodNs / NANOS_PER_SECOND);
    }

    long tickPeriodNs() {
        return tickPeriodNs;
    }

    OverloadPolicy overloadPolicy() {
        return overloadPolicy;
    }

    int linkCapacity(final boolean isNear) {
        return BitUtil.findNextPositivePowerOfTwo(isNear ? handoffCapacity : Math.min(FAR_LINK_CAPACITY, handoffCapacity));
    }

    /** More than fit in the links, so that a full table holds something its new owner took: it becomes free without anyone's departure. */
    int tombstoneCapacity(final int partition, final WorldGeometry geometry) {
        return TOMBSTONES_PER_ENTITY * entityCapacity + linkPlacesFrom(partition, geometry);
    }

    private int linkPlacesFrom(final int partition, final WorldGeometry geometry) {
        final int near = geometry.neighboursOf(partition).length;
        return near * linkCapacity(true) + (geometry.partitionCount() - 1 - near) * linkCapacity(false);
    }

    int commandProducerCount() {
        return commandProducerCount;
    }

    int commandRingCapacity() {
        return commandRingCapacity;
    }

    NanoClock clock() {
        return clock;
    }

    LongSupplier threadAllocatedBytes() {
        return threadAllocatedBytes;
    }

    IntFunction<InputLog> inputLogs() {
        return inputLogs;
    }

    long tombstoneLifeSlots() {
        return tombstoneLifeNs / tickPeriodNs;
    }

    void checkConcluded() {
        if (!isConcluded) {
            throw new IllegalStateException("WorldContext is not concluded");
        }
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("WorldContext is concluded");
        }
    }
}
