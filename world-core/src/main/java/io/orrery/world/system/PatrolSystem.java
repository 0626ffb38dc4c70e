package io.orrery.world.system;

import io.orrery.world.entity.EntityKind;
import io.orrery.world.entity.EntityStore;

/**
 * Walks NPCs from waypoint to waypoint inside their home areas, with pauses, and makes them stand while a player is near by.
 *
 * <p>Writing thread: the one that owns the partition. Writes velocities and patrol columns of NPCs; draws from the partition's random in
 * row order. A waypoint is reached when it is within a step, or behind: a handoff may have moved the NPC past it.
 */
public final class PatrolSystem {
    private final PatrolRule rule;
    private final double tickSeconds;
    private final double widthMetres;
    private final double heightMetres;

    /**
     * Creates the system.
     *
     * @param rule speeds, areas and pauses.
     * @param tickSeconds length of a slot.
     * @param widthMetres of the world.
     * @param heightMetres of the world.
     */
    public PatrolSystem(final PatrolRule rule, final double tickSeconds, final double widthMetres, final double heightMetres) {
        this.rule = rule;
        this.tickSeconds = tickSeconds;
        this.widthMetres = widthMetres;
        this.heightMetres = heightMetres;
    }

    /**
     * Makes an entity patrol around where it is.
     *
     * @param store where it is.
     * @param row of the entity.
     * @param random of the partition.
     */
    public void begin(final EntityStore store, final int row, final SeededRandom random) {
        store.homeX[row] = (float) store.x[row];
        store.homeY[row] = (float) store.y[row];
        chooseWaypoint(store, row, random);
    }

    /**
     * Runs one step, before movement.
     *
     * @param store entities of the partition.
     * @param slot of this step.
     * @param stepSlots slots that the step covers.
     * @param random of the partition.
     */
    public void step(final EntityStore store, final long slot, final int stepSlots, final SeededRandom random) {
        final double reachMetres = rule.speedMetresPerSecond() * tickSeconds * stepSlots;
        final double reachSquared = reachMetres * reachMetres;
        for (int row = 0, count = store.count(); row < count; row++) {
            if (store.kind[row] == EntityKind.NPC && slot >= store.pauseUntilSlot[row]) {
                if (store.haltSlot[row] == slot) {
                    store.vx[row] = 0;
                    store.vy[row] = 0;
                } else {
                    walk(store, row, slot, reachSquared, random);
                }
            }
        }
    }

    private void walk(final EntityStore store, final int row, final long slot, final double reachSquared, final SeededRandom random) {
        final double dx = store.waypointX[row] - store.x[row];
        final double dy = store.waypointY[row] - store.y[row];
        final double distanceSquared = dx * dx + dy * dy;
        final boolean isStanding = store.vx[row] == 0 && store.vy[row] == 0;
        final boolean isPast = !isStanding && store.vx[row] * dx + store.vy[row] * dy <= 0;
        if (isPast || distanceSquared <= reachSquared) {
            store.vx[row] = 0;
            store.vy[row] = 0;
            store.pauseUntilSlot[row] = slot + rule.pauseMinSlots()
                + (long) (random.nextFloat() * (rule.pauseMaxSlots() - rule.pauseMinSlots() + 1));
            chooseWaypoint(store, row, random);
        } else if (isStanding) {
            final double perMetre = rule.speedMetresPerSecond() / Math.sqrt(distanceSquared);
            store.vx[row] = (float) (dx * perMetre);
            store.vy[row] = (float) (dy * perMetre);
        }
    }

    private void chooseWaypoint(final EntityStore store, final int row, final SeededRandom random) {
        final float toX = store.homeX[row] + (random.nextFloat() * 2 - 1) * rule.radiusMetres();
        final float toY = store.homeY[row] + (random.nextFloat() * 2 - 1) * rule.radiusMetres();
        store.waypointX[row] = (float) Math.min(widthMetres, Math.max(0, toX));
        store.waypointY[row] = (float) Math.min(heightMetres, Math.max(0, toY));
    }
}
