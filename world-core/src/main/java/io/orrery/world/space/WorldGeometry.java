package io.orrery.world.space;

/**
 * How the map is cut into partitions: a rectangle of {@code columns * rows} equal rectangles, numbered from the south-west corner, x first.
 *
 * <p>Immutable; any thread. A position on a border belongs to the partition east or north of it, on the outer border to the one inside.
 */
public final class WorldGeometry {
    /** Most partitions that can touch one. */
    public static final int NEIGHBOUR_MAX = 8;

    private final double widthMetres;
    private final double heightMetres;
    private final int columns;
    private final int rows;
    private final double edgeXMetres;
    private final double edgeYMetres;

    /**
     * Cuts a map.
     *
     * @param widthMetres along x, above 0.
     * @param heightMetres along y, above 0.
     * @param columns partitions along x, from 1.
     * @param rows partitions along y, from 1.
     */
    public WorldGeometry(final double widthMetres, final double heightMetres, final int columns, final int rows) {
        this.widthMetres = widthMetres;
        this.heightMetres = heightMetres;
        this.columns = columns;
        this.rows = rows;
        edgeXMetres = widthMetres / columns;
        edgeYMetres = heightMetres / rows;
    }

    /**
     * Extent of the map along x.
     *
     * @return metres.
     */
    public double widthMetres() {
        return widthMetres;
    }

    /**
     * Extent of the map along y.
     *
     * @return metres.
     */
    public double heightMetres() {
        return heightMetres;
    }

    /**
     * How many partitions there are.
     *
     * @return from 1.
     */
    public int partitionCount() {
        return columns * rows;
    }

    /**
     * Which partition a position belongs to.
     *
     * @param x metres; outside the map counts as on its border.
     * @param y metres; outside the map counts as on its border.
     * @return 0 to {@link #partitionCount()} - 1.
     */
    public int partitionAt(final double x, final double y) {
        final int column = Math.max(0, Math.min(columns - 1, (int) Math.floor(x / edgeXMetres)));
        final int row = Math.max(0, Math.min(rows - 1, (int) Math.floor(y / edgeYMetres)));
        return row * columns + column;
    }

    /**
     * Whether a position is on the map.
     *
     * @param x metres.
     * @param y metres.
     * @return false outside the map, and for what is not a number.
     */
    public boolean isInside(final double x, final double y) {
        return x >= 0 && x <= widthMetres && y >= 0 && y <= heightMetres;
    }

    /**
     * Western border of a partition.
     *
     * @param partition index.
     * @return metres.
     */
    public double minX(final int partition) {
        return partition % columns * edgeXMetres;
    }

    /**
     * Eastern border of a partition.
     *
     * @param partition index.
     * @return metres.
     */
    public double maxX(final int partition) {
        return (partition % columns + 1) * edgeXMetres;
    }

    /**
     * Southern border of a partition.
     *
     * @param partition index.
     * @return metres.
     */
    public double minY(final int partition) {
        return (double) (partition / columns) * edgeYMetres;
    }

    /**
     * Northern border of a partition.
     *
     * @param partition index.
     * @return metres.
     */
    public double maxY(final int partition) {
        return (double) (partition / columns + 1) * edgeYMetres;
    }

    /**
     * The partitions that touch one, by edge or corner.
     *
     * @param partition index.
     * @return ascending, none to {@link #NEIGHBOUR_MAX} of them; a new array.
     */
    public int[] neighboursOf(final int partition) {
        final int column = partition % columns;
        final int row = partition / columns;
        final int[] found = new int[NEIGHBOUR_MAX];
        int count = 0;
        for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
                if (r != row || c != column) {
                    found[count++] = r * columns + c;
                }
            }
        }
        final int[] neighbours = new int[count];
        System.arraycopy(found, 0, neighbours, 0, count);
        return neighbours;
    }
}
