package io.orrery.game.node;

import io.orrery.game.replication.ReplicationContext;
import io.orrery.platform.config.Setting;
import io.orrery.transport.message.Protocol;
import io.orrery.world.tick.OverloadPolicy;
import java.util.List;

/** Every property of a game server. docs/configuration.md shows the same list; a test holds the two together. */
public final class NodeSettings {
    /** East-west extent of the world. */
    public static final Setting WIDTH_METRES = Setting.wholeNumber(
        "orrery.world.width-metres", 2_048, 64, 32_768, "East-west extent of the world.");
    /** North-south extent of the world. */
    public static final Setting HEIGHT_METRES = Setting.wholeNumber(
        "orrery.world.height-metres", 2_048, 64, 32_768, "North-south extent of the world.");
    /** Partitions from west to east. */
    public static final Setting PARTITION_COLUMNS = Setting.wholeNumber(
        "orrery.world.partition-columns", 2, 1, 16,
        "Partitions from west to east. A partition's edge is at least twice interest-radius-metres + interest-hysteresis-metres.");
    /** Partitions from south to north. */
    public static final Setting PARTITION_ROWS = Setting.wholeNumber(
        "orrery.world.partition-rows", 2, 1, 16, "Partitions from south to north.");
    /** Length of a tick. */
    public static final Setting TICK_PERIOD = Setting.duration(
        "orrery.world.tick-period", "50ms", "8333333ns", "1s", "Time from one tick to the next: 120 Hz to 1 Hz.");
    /** What happens to late ticks. */
    public static final Setting OVERLOAD_POLICY = Setting.choice(
        "orrery.world.overload-policy", OverloadPolicy.SKIP,
        "What a partition does with ticks it could not keep up with: skip follows real time, dilate slows world time.");
    /** Interest radius. */
    public static final Setting INTEREST_RADIUS_METRES = Setting.wholeNumber(
        "orrery.world.interest-radius-metres", 100, 10, 1_000, "Distance within which a client is shown an entity.");
    /** Interest hysteresis. */
    public static final Setting INTEREST_HYSTERESIS_METRES = Setting.wholeNumber(
        "orrery.world.interest-hysteresis-metres", 10, 0, 100, "Distance beyond the radius within which a shown entity stays shown.");
    /** Grid cell. */
    public static final Setting CELL_SIZE_METRES = Setting.wholeNumber(
        "orrery.world.cell-size-metres", 50, 5, 500, "Edge of a cell of the spatial grid.");
    /** Handoff margin. */
    public static final Setting HANDOFF_MARGIN_METRES = Setting.wholeNumber(
        "orrery.world.handoff-margin-metres", 2, 1, 20, "Distance past a border at which an entity is handed to the neighbour.");
    /** Entities of a partition. */
    public static final Setting ENTITY_CAPACITY = Setting.wholeNumber(
        "orrery.world.entity-capacity", 8_192, 16, 1_000_000, "Entities that one partition can own; more are refused and counted.");
    /** Ghosts of a partition. */
    public static final Setting GHOST_CAPACITY = Setting.wholeNumber(
        "orrery.world.ghost-capacity", 8_192, 16, 1_000_000, "Neighbours' entities that one partition can see.");
    /** World threads. */
    public static final Setting WORLD_THREADS = Setting.wholeNumber(
        "orrery.world.thread-count", 1, 1, 64, "Threads that run partitions, each taking the one that is due first.");
    /** Seed. */
    public static final Setting SEED = Setting.wholeNumber(
        "orrery.world.seed", 1, 0, Long.MAX_VALUE, "What all randomness of the world starts from.");
    /** NPCs. */
    public static final Setting NPC_COUNT = Setting.wholeNumber(
        "orrery.world.npc-count", 2_000, 0, 100_000, "Characters on patrol that the world starts with.");
    /** Speed. */
    public static final Setting MOVE_SPEED = Setting.wholeNumber(
        "orrery.world.move-speed-metres-per-second", 6, 1, 100, "Speed of a walking character.");
    /** Address. */
    public static final Setting BIND_ADDRESS = Setting.text(
        "orrery.net.bind-address", "127.0.0.1", 1, 255, "Address of the interface that clients reach; loopback unless said otherwise.");
    /** UDP port. */
    public static final Setting PORT = Setting.wholeNumber(
        "orrery.net.port", 40_000, 0, 65_535, "UDP port for clients; 0 takes a free one.");
    /** Connections. */
    public static final Setting CLIENT_CAPACITY = Setting.wholeNumber(
        "orrery.net.client-capacity", 1_024, 1, 20_000, "Clients connected at once; more are denied.");
    /** Time-out. */
    public static final Setting CLIENT_TIMEOUT = Setting.duration(
        "orrery.net.client-timeout", "5s", "1s", "60s",
        "Silence after which a client counts as gone. Connect tokens carry it in whole seconds.");
    /** Replication threads. */
    public static final Setting REPLICATION_THREADS = Setting.wholeNumber(
        "orrery.replication.thread-count", 1, 1, 64, "Threads that make frames, each for its share of the clients.");
    /** Frame budget. */
    public static final Setting FRAME_LENGTH_MAX = Setting.bytes(
        "orrery.replication.frame-length-max", Protocol.MESSAGE_LENGTH_MAX + "b", "128b", Protocol.MESSAGE_LENGTH_MAX + "b",
        "Longest frame that a client is sent for a tick, before encryption.");
    /** Known entities. */
    public static final Setting INTEREST_CAPACITY = Setting.wholeNumber(
        "orrery.replication.interest-capacity", 512, 1, 1_024, "Entities that one client can be shown at once.");
    /** Metrics address. */
    public static final Setting METRICS_ADDRESS = Setting.text(
        "orrery.telemetry.metrics-address", "127.0.0.1", 1, 255, "Address of the Prometheus endpoint.");
    /** Metrics port. */
    public static final Setting METRICS_PORT = Setting.wholeNumber(
        "orrery.telemetry.metrics-port", 9_464, 0, 65_535, "TCP port of the Prometheus endpoint; 0 takes a free one.");
    /** Data folder. */
    public static final Setting DATA_FOLDER = Setting.path(
        "orrery.node.data-folder", "data", "Folder of the server's own files; made if it is missing.");
    /** All of them, in the order in which they are shown. */
    public static final List<Setting> ALL = List.of(
        WIDTH_METRES, HEIGHT_METRES, PARTITION_COLUMNS, PARTITION_ROWS, TICK_PERIOD, OVERLOAD_POLICY, INTEREST_RADIUS_METRES,
        INTEREST_HYSTERESIS_METRES, CELL_SIZE_METRES, HANDOFF_MARGIN_METRES, ENTITY_CAPACITY, GHOST_CAPACITY, WORLD_THREADS, SEED,
        NPC_COUNT, MOVE_SPEED, BIND_ADDRESS, PORT, CLIENT_CAPACITY, CLIENT_TIMEOUT, REPLICATION_THREADS, FRAME_LENGTH_MAX,
        INTEREST_CAPACITY, METRICS_ADDRESS, METRICS_PORT, DATA_FOLDER);

    private NodeSettings() {
    }

    /**
     * Rows that a view of a partition can have.
     *
     * @param entityCapacity owned entities.
     * @param ghostCapacity neighbours' entities.
     * @return their sum, which bounds a {@link ReplicationContext#viewCapacity(int)}.
     */
    public static int viewCapacity(final int entityCapacity, final int ghostCapacity) {
        return entityCapacity + ghostCapacity;
    }
}
