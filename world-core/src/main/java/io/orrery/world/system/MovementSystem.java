package io.orrery.world.system;

import io.orrery.world.entity.EntityStore;

/**
 * Moves every entity: {@code position += velocity * (slots * tickSeconds)}, kept inside the world.
 *
 * <p>Writing thread: the one that owns the partition. Reads velocities, writes positions. An entity is moved exactly once for each slot of
 * world time, whoever owned it in that slot (M1): one that arrived already moved by part of this step is moved by the rest.
 */
public final class MovementSystem {
    private final double tickSeconds;
    private final double widthMetres;
    private final double heightMetres;

    /**
     * Creates the system.
     *
     * @param tickSeconds length of a slot.
     * @param widthMetres of the world.
     * @param heightMetres of the world.
     */
    public MovementSystem(final double tickSeconds, final double widthMetres, final double heightMetres) {
        this.tickSeconds = tickSeconds;
        this.widthMetres = widthMetres;
        this.heightMetres = heightMetres;
    }

    /**
     * Runs one step.
     *
     * @param store entities to move.
     * @param stepSlots slots that the step covers.
     * @param hasArrivals whether some entity may have been moved by part of the step before it arrived.
     */
    public void step(final EntityStore store, final int stepSlots, final boolean hasArrivals) {
        if (hasArrivals) {
            for (int row = 0, count = store.count(); row < count; row++) {
                advance(store, row, stepSlots - store.aheadSlots[row]);
                store.aheadSlots[row] = 0;
            }
        } else {
            final double seconds = stepSlots * tickSeconds;
            stepAxis(store.x, store.vx, seconds, widthMetres, store.count());
            stepAxis(store.y, store.vy, seconds, heightMetres, store.count());
        }
    }

    /**
     * Moves one entity by some slots at its velocity.
     *
     * @param store where it is.
     * @param row of the entity.
     * @param slots from 0.
     */
    public void advance(final EntityStore store, final int row, final long slots) {
        final double seconds = slots * tickSeconds;
        store.x[row] = advanced(store.x[row], store.vx[row], seconds, widthMetres);
        store.y[row] = advanced(store.y[row], store.vy[row], seconds, heightMetres);
    }

    /**
     * Where something moving along x is after some slots.
     *
     * @param x metres.
     * @param vx metres per second.
     * @param slots from 0.
     * @return metres, inside the world.
     */
    public double advancedX(final double x, final float vx, final long slots) {
        return advanced(x, vx, slots * tickSeconds, widthMetres);
    }

    /**
     * Where something moving along y is after some slots.
     *
     * @param y metres.
     * @param vy metres per second.
     * @param slots from 0.
     * @return metres, inside the world.
     */
    public double advancedY(final double y, final float vy, final long slots) {
        return advanced(y, vy, slots * tickSeconds, heightMetres);
    }

    private static void stepAxis(final double[] position, final float[] velocity, final double seconds, final double max,
                                 final int count) {
        for (int row = 0; row < count; row++) {
            position[row] = advanced(position[row], velocity[row], seconds, max);
        }
    }

    private static double advanced(final double position, final float velocity, final double seconds, final double max) {
        return Math.min(max, Math.max(0, position + velocity * seconds));
    }
}
