/**
 * What the world is told from outside: bounded rings of fixed-length records, one per producing thread and partition, and the rule by which
 * a move command moves a player.
 *
 * <p>Written by the producing threads (one {@code CommandProxy} each), read by the thread that owns the partition. May import
 * {@code agrona} and {@code platform} only.
 */
package io.orrery.world.command;
