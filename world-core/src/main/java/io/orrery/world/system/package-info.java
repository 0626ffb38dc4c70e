/**
 * What happens to entities in a step: movement, patrol, and halting for players. Straight loops over columns.
 *
 * <p>Runs on the thread that owns the partition. Reads no clock, no other random than the partition's. May import {@code world.entity} and
 * {@code world.view} only.
 */
package io.orrery.world.system;
