package io.orrery.world.partition;

import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.world.log.InputLog;
import io.orrery.world.space.WorldGeometry;
import io.orrery.world.system.PatrolRule;
import org.agrona.concurrent.NanoClock;

/**
 * What a partition is made from: checked values, worked out by the world.
 *
 * @param index of the partition, from 0.
 * @param geometry of the map.
 * @param tickSeconds length of a slot.
 * @param moveSpeedMetresPerSecond of players.
 * @param patrol how NPCs walk.
 * @param handoffMarginMetres how far past its border an entity leaves.
 * @param ghostBandMetres how far past its border a partition sees.
 * @param cellSizeMetres edge of the view's cells.
 * @param entityCapacity entities it can own.
 * @param ghostCapacity ghosts it can see.
 * @param inTransitCapacity entities it can show while they are on their way: more than fit in its links, so that a full table becomes free
 *     again when their new owners tick.
 * @param viewReaderCount readers of its views, neighbours included.
 * @param seed of its random.
 * @param clock for the time of publication.
 * @param sink of its samples.
 * @param log of its inputs.
 */
public record PartitionPlan(
    int index,
    WorldGeometry geometry,
    double tickSeconds,
    float moveSpeedMetresPerSecond,
    PatrolRule patrol,
    double handoffMarginMetres,
    double ghostBandMetres,
    double cellSizeMetres,
    int entityCapacity,
    int ghostCapacity,
    int inTransitCapacity,
    int viewReaderCount,
    long seed,
    NanoClock clock,
    TelemetrySink sink,
    InputLog log) {
}
