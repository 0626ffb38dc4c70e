/**
 * The simulation: a map cut into partitions that tick at a fixed step. {@code World} is the way in.
 *
 * <p>Built by the launcher, ticked by {@code world-*} threads; what it hands out (command proxies, view readers, counters) is for others.
 * May import every package of {@code world}, {@code telemetry.record}, {@code platform} and {@code agrona}.
 */
package io.orrery.world;
