/**
 * What went into a partition's ticks, in the order in which it was applied: all that replay needs besides the start state.
 *
 * <p>Written by the thread that owns the partition. Implementations that touch files live outside this module. May import nothing of
 * Orrery but {@code platform}.
 */
package io.orrery.world.log;
