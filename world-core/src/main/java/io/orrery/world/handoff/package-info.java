/**
 * Entities that change their owner: the record an entity travels in, the link from one partition to another, and what a former owner
 * remembers.
 *
 * <p>A link is written by the thread that owns the sending partition and read by the one that owns the receiving partition; the rest by the
 * owner. May import {@code world.entity} and {@code world.command} only.
 */
package io.orrery.world.handoff;
