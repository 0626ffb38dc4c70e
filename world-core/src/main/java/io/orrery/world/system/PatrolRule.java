package io.orrery.world.system;

/**
 * How NPCs patrol.
 *
 * @param speedMetresPerSecond while they walk.
 * @param radiusMetres half the edge of the square around its home in which an NPC chooses waypoints.
 * @param pauseMinSlots shortest pause at a waypoint.
 * @param pauseMaxSlots longest pause at a waypoint.
 */
public record PatrolRule(float speedMetresPerSecond, float radiusMetres, long pauseMinSlots, long pauseMaxSlots) {
}
