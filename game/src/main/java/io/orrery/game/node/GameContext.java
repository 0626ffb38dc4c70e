package io.orrery.game.node;

import io.orrery.platform.config.Ranges;
import io.orrery.platform.config.Setting;
import io.orrery.platform.config.Settings;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.udp.ConnectionEvents;
import io.orrery.transport.udp.UdpServerContext;
import io.orrery.world.WorldContext;
import io.orrery.world.tick.OverloadPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of a {@link GameNode}: settings that a user gave, and what the launcher hands over. Checked and frozen once by
 * {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class GameContext {
    private Settings settings;
    private Function<String, TelemetrySink> sinks = name -> TelemetrySink.NONE;
    private LongSupplier threadAllocatedBytes = () -> 0;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private EpochClock epochClock = SystemEpochClock.INSTANCE;
    private byte[] tokenKey;
    private long nodeEpoch;
    private InetAddress bindAddress;
    private boolean isConcluded;

    /**
     * Sets what the user said.
     *
     * @param effective read with {@link NodeSettings#ALL} among the known ones.
     * @return this, for chaining.
     */
    public GameContext settings(final Settings effective) {
        checkOpen();
        settings = effective;
        return this;
    }

    /**
     * Sets where figures go.
     *
     * @param sinkByProducer makes one sink for each producer's name; called while the node is built.
     * @return this, for chaining.
     */
    public GameContext sinks(final Function<String, TelemetrySink> sinkByProducer) {
        checkOpen();
        sinks = sinkByProducer;
        return this;
    }

    /**
     * Sets how a world thread learns what it has allocated.
     *
     * @param supplier bytes allocated by the calling thread so far.
     * @return this, for chaining.
     */
    public GameContext threadAllocatedBytes(final LongSupplier supplier) {
        checkOpen();
        threadAllocatedBytes = supplier;
        return this;
    }

    /**
     * Sets the clocks.
     *
     * @param monotonic for ticks and time-outs.
     * @param wall for the expiry of connect tokens.
     * @return this, for chaining.
     */
    public GameContext clocks(final NanoClock monotonic, final EpochClock wall) {
        checkOpen();
        nanoClock = monotonic;
        epochClock = wall;
        return this;
    }

    /**
     * Sets the key that connect tokens are sealed with.
     *
     * @param key 32 bytes, shared with whoever mints tokens; copied.
     * @return this, for chaining.
     */
    public GameContext tokenKey(final byte[] key) {
        checkOpen();
        tokenKey = key.clone();
        return this;
    }

    /**
     * Sets the count of this start.
     *
     * @param epoch from 1, see {@link NodeEpoch}.
     * @return this, for chaining.
     */
    public GameContext nodeEpoch(final long epoch) {
        checkOpen();
        nodeEpoch = epoch;
        return this;
    }

    /**
     * Checks what is given, then freezes this context. Relations within the world are checked by its own context, when the node is built.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     */
    public GameContext conclude() {
        checkOpen();
        Ranges.required("settings", settings);
        Ranges.required("tokenKey", tokenKey);
        Ranges.check("tokenKey.length", tokenKey.length, 32, 32);
        Ranges.check("nodeEpoch", nodeEpoch, 1, Long.MAX_VALUE);
        final String address = settings.text(NodeSettings.BIND_ADDRESS);
        try {
            bindAddress = InetAddress.getByName(address);
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(
                NodeSettings.BIND_ADDRESS.name() + "=" + address + ", must be an address of this machine", e);
        }
        isConcluded = true;
        return this;
    }

    WorldContext worldContext() {
        return new WorldContext()
            .widthMetres(widthMetres())
            .heightMetres(heightMetres())
            .partitionColumns(count(NodeSettings.PARTITION_COLUMNS))
            .partitionRows(count(NodeSettings.PARTITION_ROWS))
            .tickPeriodNs(tickPeriodNs())
            .overloadPolicy(settings.choice(NodeSettings.OVERLOAD_POLICY, OverloadPolicy.class))
            .interestRadiusMetres(interestRadiusMetres())
            .interestHysteresisMetres(interestHysteresisMetres())
            .cellSizeMetres(count(NodeSettings.CELL_SIZE_METRES))
            .handoffMarginMetres(count(NodeSettings.HANDOFF_MARGIN_METRES))
            .entityCapacity(count(NodeSettings.ENTITY_CAPACITY))
            .ghostCapacity(count(NodeSettings.GHOST_CAPACITY))
            .seed(seed())
            .npcCount(count(NodeSettings.NPC_COUNT))
            .moveSpeedMetresPerSecond(moveSpeedMetresPerSecond())
            .viewReaderCount(replicationThreadCount())
            .commandProducerCount(1)
            .telemetrySinks(partition -> sinks.apply("partition-" + partition))
            .threadAllocatedBytes(threadAllocatedBytes)
            .clock(nanoClock)
            .conclude();
    }

    UdpServerContext serverContext(final ConnectionEvents events) {
        return new UdpServerContext()
            .bindAddress(new InetSocketAddress(bindAddress, count(NodeSettings.PORT)))
            .protocolId(Protocol.NETCODE_PROTOCOL_ID)
            .privateKey(tokenKey)
            .clientCapacity(clientCapacity())
            .nanoClock(nanoClock)
            .epochClock(epochClock)
            .events(events)
            .conclude();
    }

    Function<String, TelemetrySink> sinks() {
        return sinks;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    long nodeEpoch() {
        return nodeEpoch;
    }

    int widthMetres() {
        return count(NodeSettings.WIDTH_METRES);
    }

    int heightMetres() {
        return count(NodeSettings.HEIGHT_METRES);
    }

    int interestRadiusMetres() {
        return count(NodeSettings.INTEREST_RADIUS_METRES);
    }

    int interestHysteresisMetres() {
        return count(NodeSettings.INTEREST_HYSTERESIS_METRES);
    }

    int moveSpeedMetresPerSecond() {
        return count(NodeSettings.MOVE_SPEED);
    }

    long tickPeriodNs() {
        return settings.durationNs(NodeSettings.TICK_PERIOD);
    }

    long seed() {
        return settings.wholeNumber(NodeSettings.SEED);
    }

    int clientCapacity() {
        return count(NodeSettings.CLIENT_CAPACITY);
    }

    /**
     * Time-out of connect tokens.
     *
     * @return whole seconds, 1 or more.
     */
    public int clientTimeoutS() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(settings.durationNs(NodeSettings.CLIENT_TIMEOUT));
    }

    int worldThreadCount() {
        return count(NodeSettings.WORLD_THREADS);
    }

    int replicationThreadCount() {
        return count(NodeSettings.REPLICATION_THREADS);
    }

    int interestCapacity() {
        return count(NodeSettings.INTEREST_CAPACITY);
    }

    int frameLengthMax() {
        return (int) settings.bytes(NodeSettings.FRAME_LENGTH_MAX);
    }

    int viewCapacity() {
        return NodeSettings.viewCapacity(count(NodeSettings.ENTITY_CAPACITY), count(NodeSettings.GHOST_CAPACITY));
    }

    private int count(final Setting setting) {
        return (int) settings.wholeNumber(setting);
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("GameContext is concluded");
        }
    }
}
