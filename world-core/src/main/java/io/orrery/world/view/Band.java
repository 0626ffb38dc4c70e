package io.orrery.world.view;

/**
 * A rectangle of the map, borders included.
 *
 * @param minXCm western border, centimetres.
 * @param minYCm southern border, centimetres.
 * @param maxXCm eastern border, centimetres.
 * @param maxYCm northern border, centimetres.
 */
public record Band(int minXCm, int minYCm, int maxXCm, int maxYCm) {
    /**
     * Whether a position is in it.
     *
     * @param xCm centimetres.
     * @param yCm centimetres.
     * @return true on the borders too.
     */
    public boolean contains(final int xCm, final int yCm) {
        return xCm >= minXCm && xCm <= maxXCm && yCm >= minYCm && yCm <= maxYCm;
    }
}
