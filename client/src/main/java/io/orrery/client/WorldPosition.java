package io.orrery.client;

/** A place in the world that a caller owns and the library fills. Writing thread: its owner's. */
public final class WorldPosition {
    private double xCm;
    private double yCm;

    /** Creates a place at the south-western corner. */
    public WorldPosition() {
    }

    /**
     * East-west.
     *
     * @return centimetres from the western edge.
     */
    public double xCm() {
        return xCm;
    }

    /**
     * North-south.
     *
     * @return centimetres from the southern edge.
     */
    public double yCm() {
        return yCm;
    }

    /**
     * Moves it.
     *
     * @param newXCm centimetres from the western edge.
     * @param newYCm centimetres from the southern edge.
     */
    public void set(final double newXCm, final double newYCm) {
        xCm = newXCm;
        yCm = newYCm;
    }
}
