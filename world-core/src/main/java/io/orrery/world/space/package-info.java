/**
 * The map as rectangles: which partition a position belongs to, which partitions touch, how far a partition looks over its border.
 *
 * <p>Immutable, any thread. May import {@code platform} only.
 */
package io.orrery.world.space;
