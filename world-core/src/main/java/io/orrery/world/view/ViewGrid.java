package io.orrery.world.view;

/**
 * The cells into which the rows of a view are sorted: squares over a partition and the band around it that its view may show.
 *
 * <p>Immutable; any thread. Positions outside belong to the cell at the border, in building and in asking alike, so that nothing is missed.
 */
public final class ViewGrid {
    private final int originXCm;
    private final int originYCm;
    private final int columns;
    private final int rows;
    private final double cellsPerCm;

    /**
     * Lays the cells.
     *
     * @param minXMetres western end of what is covered.
     * @param minYMetres southern end of what is covered.
     * @param maxXMetres eastern end of what is covered.
     * @param maxYMetres northern end of what is covered.
     * @param cellSizeMetres edge of a cell, above 0.
     */
    public ViewGrid(final double minXMetres, final double minYMetres, final double maxXMetres, final double maxYMetres,
                    final double cellSizeMetres) {
        originXCm = (int) Math.floor(minXMetres * TickView.CM_PER_METRE);
        originYCm = (int) Math.floor(minYMetres * TickView.CM_PER_METRE);
        columns = Math.max(1, (int) Math.ceil((maxXMetres - minXMetres) / cellSizeMetres));
        rows = Math.max(1, (int) Math.ceil((maxYMetres - minYMetres) / cellSizeMetres));
        cellsPerCm = 1 / (cellSizeMetres * TickView.CM_PER_METRE);
    }

    int cellCount() {
        return columns * rows;
    }

    int columns() {
        return columns;
    }

    int columnOf(final long xCm) {
        return Math.max(0, Math.min(columns - 1, (int) ((xCm - originXCm) * cellsPerCm)));
    }

    int rowOf(final long yCm) {
        return Math.max(0, Math.min(rows - 1, (int) ((yCm - originYCm) * cellsPerCm)));
    }
}
