/**
 * The tick view: the state of one partition at the end of one tick, sorted by cell, and how readers get at it without the tick waiting.
 *
 * <p>Written by the thread that owns the partition; read by any thread with a {@code ViewReader} of its own. May import
 * {@code world.entity} and {@code agrona} only.
 */
package io.orrery.world.view;
