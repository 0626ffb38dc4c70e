package io.orrery.game.replication;

import io.orrery.world.view.TickView;
import java.util.List;
import java.util.TreeMap;

/** The interest rule by itself: what one client is to be shown after each of its frames. */
final class InterestModel {
    private final double radiusCm;
    private final double keepCm;
    private final long ownId;
    private TreeMap<Long, List<Integer>> shown = new TreeMap<>();

    InterestModel(final double radiusMetres, final double hysteresisMetres, final long ownId) {
        radiusCm = radiusMetres * TickView.CM_PER_METRE;
        keepCm = (radiusMetres + hysteresisMetres) * TickView.CM_PER_METRE;
        this.ownId = ownId;
    }

    /** Brings the model to the next frame; the result stays as it is. */
    TreeMap<Long, List<Integer>> onFrame(final TickView view) {
        final TreeMap<Long, List<Integer>> next = new TreeMap<>();
        final int ownRow = view.rowOf(ownId);
        for (int row = 0; row < view.count(); row++) {
            final double distanceCm = distanceCm(view, ownRow, row);
            final long id = view.ids()[row];
            if (distanceCm <= radiusCm || distanceCm <= keepCm && shown.containsKey(id)) {
                next.put(id, List.of((int) view.kinds()[row], view.xCm()[row], view.yCm()[row]));
            }
        }
        shown = next;
        return next;
    }

    static double distanceCm(final TickView view, final int rowA, final int rowB) {
        return Math.hypot(view.xCm()[rowA] - view.xCm()[rowB], view.yCm()[rowA] - view.yCm()[rowB]);
    }
}
