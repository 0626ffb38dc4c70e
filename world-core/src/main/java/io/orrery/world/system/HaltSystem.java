package io.orrery.world.system;

import io.orrery.world.entity.EntityKind;
import io.orrery.world.entity.EntityStore;
import io.orrery.world.view.GhostTable;
import io.orrery.world.view.TickView;
import io.orrery.world.view.ViewPublisher;

/**
 * Notes which NPCs have a player near by, own or ghost, so that they halt.
 *
 * <p>Writing thread: the one that owns the partition. Asks, for each player, the grid of the partition's own view of the tick before, so
 * that its cost follows the number of players, not of NPCs. Writes the halt column of NPCs.
 */
public final class HaltSystem {
    /** How near a player is, in centimetres. */
    public static final int NEAR_CM = 500;
    /** Most rows that are looked at around one player; those beyond are not, and the player is counted. */
    public static final int NEAR_ROWS_MAX = 128;

    private final int[] near = new int[NEAR_ROWS_MAX];

    /**
     * Runs one step, before patrol.
     *
     * @param store entities of the partition.
     * @param ghosts ghosts of this tick.
     * @param before own view of the tick before; null in the first.
     * @param slot of this step.
     * @return players around whom more was near than is looked at: some NPCs there may walk on.
     */
    public int step(final EntityStore store, final GhostTable ghosts, final TickView before, final long slot) {
        if (before == null) {
            return 0;
        }
        int truncatedCount = 0;
        for (int row = 0, count = store.count(); row < count; row++) {
            if (store.kind[row] == EntityKind.PLAYER) {
                truncatedCount += halt(store, before, ViewPublisher.quantised(store.x[row]), ViewPublisher.quantised(store.y[row]), slot);
            }
        }
        for (int row = 0, count = ghosts.count(); row < count; row++) {
            if (ghosts.kinds()[row] == EntityKind.PLAYER) {
                truncatedCount += halt(store, before, ghosts.xCm()[row], ghosts.yCm()[row], slot);
            }
        }
        return truncatedCount;
    }

    private int halt(final EntityStore store, final TickView before, final int xCm, final int yCm, final long slot) {
        final int found = before.queryRadius(xCm, yCm, NEAR_CM, near);
        final int count = found < 0 ? ~found : found;
        for (int i = 0; i < count; i++) {
            final int viewRow = near[i];
            if (before.kinds()[viewRow] == EntityKind.NPC) {
                final int row = store.rowOfId(before.ids()[viewRow]);
                if (row != EntityStore.MISSING) {
                    store.haltSlot[row] = slot;
                }
            }
        }
        return found < 0 ? 1 : 0;
    }
}
