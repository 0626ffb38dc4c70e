/**
 * A rectangle of the map: its entities, the order of a tick, and its exchange with the other partitions and with the world outside.
 *
 * <p>Runs on the thread that holds the partition's loop. May import every other package of {@code world} but the root,
 * {@code telemetry.record}, {@code platform} and {@code agrona}.
 */
package io.orrery.world.partition;
