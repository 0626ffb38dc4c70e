package io.orrery.perf.bot;

import io.orrery.client.ReplicatedEntities;
import io.orrery.client.ReplicatedEntity;
import io.orrery.client.WorldInfo;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Finds entities that a bot should know and does not. What all bots of a swarm see around one slot is taken for the truth; each bot must
 * know everything of it that is within a radius of its own character. It is a violation when one stays unknown for
 * {@value #SAMPLES_IN_A_ROW} samples in a row, which span a second.
 *
 * <p>Only states of the newest slots count as truth, so that an entity that somebody saw long ago and that has left since does not.
 *
 * <p>Writing thread: the swarm's. Memory: grows with what all bots see together; nothing is allocated once it has grown.
 */
final class CompletenessCheck {
    static final long SAMPLE_INTERVAL_NS = 250_000_000L;
    static final int SAMPLES_IN_A_ROW = 5;

    private static final int SLOTS_AROUND = 2;
    private static final long UNKNOWN = -1;
    private static final int NONE = -1;
    private static final long CELLS_MAX = 1L << 20;

    private final ViolationLog violations;
    private final int radiusCm;
    private final Long2LongHashMap indexes = new Long2LongHashMap(UNKNOWN);
    private long[] ids = new long[256];
    private int[] xs = new int[256];
    private int[] ys = new int[256];
    private long[] slots = new long[256];
    private int[] nexts = new int[256];
    private int count;
    private int[] heads = new int[0];
    private int columns;
    private int rows;
    private long sample;

    CompletenessCheck(final ViolationLog violations, final int radiusCm) {
        this.violations = violations;
        this.radiusCm = radiusCm;
    }

    /**
     * Takes a sample of what all bots see and checks each.
     *
     * @param bots all of them.
     * @param nowNs of the swarm's clock.
     */
    void sample(final Bot[] bots, final long nowNs) {
        sample++;
        long newestSlot = Long.MIN_VALUE;
        WorldInfo world = null;
        for (final Bot bot : bots) {
            if (bot.hasFrames()) {
                newestSlot = Math.max(newestSlot, bot.entities().newestSlot());
                world = bot.world();
            }
        }
        if (world == null) {
            return;
        }

        final long oldestSlot = newestSlot - SLOTS_AROUND;
        collect(bots, oldestSlot);
        sortIntoCells(world);
        for (final Bot bot : bots) {
            if (bot.hasFrames() && bot.isSettled(nowNs) && bot.entities().newestSlot() >= oldestSlot) {
                check(bot);
            }
        }
    }

    private void collect(final Bot[] bots, final long oldestSlot) {
        indexes.clear();
        count = 0;
        for (final Bot bot : bots) {
            if (!bot.hasFrames() || bot.entities().newestSlot() < oldestSlot) {
                continue;
            }
            final ReplicatedEntities entities = bot.entities();
            final long ownId = bot.world().entityId();
            for (int i = 0; i < entities.count(); i++) {
                final ReplicatedEntity entity = entities.entity(i);
                if (entity.entityId() == ownId) {
                    add(entity, entities.newestSlot());
                } else if (entity.slot() >= oldestSlot) {
                    add(entity, entity.slot());
                }
            }
        }
    }

    private void add(final ReplicatedEntity entity, final long slot) {
        final long known = indexes.get(entity.entityId());
        if (known != UNKNOWN && slots[(int) known] >= slot) {
            return;
        }
        final int index = known == UNKNOWN ? count : (int) known;
        if (known == UNKNOWN) {
            if (count == ids.length) {
                grow();
            }
            indexes.put(entity.entityId(), index);
            count++;
        }
        ids[index] = entity.entityId();
        xs[index] = entity.xCm();
        ys[index] = entity.yCm();
        slots[index] = slot;
    }

    private void grow() {
        ids = Arrays.copyOf(ids, 2 * count);
        xs = Arrays.copyOf(xs, 2 * count);
        ys = Arrays.copyOf(ys, 2 * count);
        slots = Arrays.copyOf(slots, 2 * count);
        nexts = Arrays.copyOf(nexts, 2 * count);
    }

    private void sortIntoCells(final WorldInfo world) {
        columns = (int) Math.min(world.widthCm() / radiusCm + 1, 1_024);
        rows = (int) Math.min(world.heightCm() / radiusCm + 1, 1_024);
        assert (long) columns * rows <= CELLS_MAX : "cells=" + (long) columns * rows + ", must be at most " + CELLS_MAX;
        if (heads.length != columns * rows) {
            heads = new int[columns * rows];
        }
        Arrays.fill(heads, NONE);
        for (int i = 0; i < count; i++) {
            final int cell = row(ys[i]) * columns + column(xs[i]);
            nexts[i] = heads[cell];
            heads[cell] = i;
        }
    }

    private int column(final int xCm) {
        return Math.clamp(xCm / radiusCm, 0, columns - 1);
    }

    private int row(final int yCm) {
        return Math.clamp(yCm / radiusCm, 0, rows - 1);
    }

    private void check(final Bot bot) {
        final ReplicatedEntity own = bot.entities().find(bot.world().entityId());
        if (own == null || bot.entities().count() >= ReplicatedEntities.CAPACITY) {
            return;
        }
        final int x = own.xCm();
        final int y = own.yCm();
        final int rowMax = Math.min(row(y) + 1, rows - 1);
        final int columnMax = Math.min(column(x) + 1, columns - 1);
        for (int row = Math.max(row(y) - 1, 0); row <= rowMax; row++) {
            for (int column = Math.max(column(x) - 1, 0); column <= columnMax; column++) {
                for (int i = heads[row * columns + column]; i != NONE; i = nexts[i]) {
                    checkOne(bot, x, y, i);
                }
            }
        }
    }

    private void checkOne(final Bot bot, final int xCm, final int yCm, final int index) {
        final long dx = (long) xs[index] - xCm;
        final long dy = (long) ys[index] - yCm;
        final long distanceSquared = dx * dx + dy * dy;
        if (distanceSquared > (long) radiusCm * radiusCm || bot.entities().find(ids[index]) != null) {
            return;
        }
        if (bot.missing().onMissing(ids[index], sample) == SAMPLES_IN_A_ROW && violations.hit(BotRule.COMPLETENESS)) {
            violations.keep(new Violation(bot.index(), bot.entities().newestSlot(), BotRule.COMPLETENESS,
                "entity " + ids[index] + " is known, being within " + radiusCm + " cm for a second",
                "unknown, " + Math.round(Math.sqrt(distanceSquared)) + " cm away at x=" + xs[index] + " cm, y=" + ys[index]
                    + " cm, slot " + slots[index] + "; own character at x=" + xCm + " cm, y=" + yCm + " cm"));
        }
    }
}
