/**
 * The fixed-step loop that drives partitions: when a tick starts, how late it was, who may run it, and what happens on overload.
 *
 * <p>Runs on the {@code world-*} threads. May import {@code agrona} and {@code platform} only; partitions plug in as {@code Ticked}.
 */
package io.orrery.world.tick;
