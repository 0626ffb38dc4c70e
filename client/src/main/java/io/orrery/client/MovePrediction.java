package io.orrery.client;

/**
 * The movement rule of characters, applied from a known place: position at slot T = position at the anchor's slot T0 + velocity x tick
 * period x (T - T0 - slots that were lost in between), clamped to the world. Velocity = move speed x (cos, sin)(heading x 2 pi / 65,536):
 * heading 0 is +x, counter-clockwise to +y. A straight line clamped once ends where one clamped at each step does.
 *
 * <p>Writing thread: its owner's. Memory: fixed.
 */
public final class MovePrediction {
    private static final double HEADING_RADIANS = 2 * Math.PI / 65_536;
    private static final int LOST_SLOT_MASK = 0xFFFF;

    private final double worldWidthCm;
    private final double worldHeightCm;
    private final double moveCmPerSlot;

    private long anchorSlot;
    private int anchorLostSlots;
    private double anchorXCm;
    private double anchorYCm;
    private double stepXCm;
    private double stepYCm;

    /**
     * Creates a prediction that stands still at the south-western corner at slot 0.
     *
     * @param world extents, speed and tick period.
     */
    public MovePrediction(final WorldInfo world) {
        worldWidthCm = world.widthCm();
        worldHeightCm = world.heightCm();
        moveCmPerSlot = world.moveCmPerSlot();
    }

    /**
     * Sets the known place.
     *
     * @param slot world tick at which it was so.
     * @param lostSlotCount of the frame that said so, low 16 bits.
     * @param xCm centimetres.
     * @param yCm centimetres.
     */
    public void anchor(final long slot, final int lostSlotCount, final double xCm, final double yCm) {
        anchorSlot = slot;
        anchorLostSlots = lostSlotCount;
        anchorXCm = xCm;
        anchorYCm = yCm;
    }

    /** From the anchor on, the character stands still. */
    public void stop() {
        stepXCm = 0;
        stepYCm = 0;
    }

    /**
     * From the anchor on, the character walks.
     *
     * @param heading16 direction in 1/65,536 turn; only the low 16 bits count.
     */
    public void move(final int heading16) {
        final double radians = (heading16 & 0xFFFF) * HEADING_RADIANS;
        stepXCm = moveCmPerSlot * Math.cos(radians);
        stepYCm = moveCmPerSlot * Math.sin(radians);
    }

    /**
     * Where the character is at a slot.
     *
     * @param slot at or after the anchor's.
     * @param lostSlotCount of the frame of that slot, low 16 bits.
     * @param result receives the place.
     */
    public void at(final long slot, final int lostSlotCount, final WorldPosition result) {
        final long slots = slot - anchorSlot - (lostSlotCount - anchorLostSlots & LOST_SLOT_MASK);
        result.set(
            Math.clamp(anchorXCm + stepXCm * slots, 0, worldWidthCm),
            Math.clamp(anchorYCm + stepYCm * slots, 0, worldHeightCm));
    }
}
