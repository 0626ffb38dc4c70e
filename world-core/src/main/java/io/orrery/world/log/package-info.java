/**
 * What went into a partition's ticks, in the order in which it was applied: all that replay needs besides the start state.
 *
 * <p>Written by the thread that owns the partition. Implementations that touch files live outside this module. May import
 * {@code platform} only.
 */
package io.orrery.world.log;
