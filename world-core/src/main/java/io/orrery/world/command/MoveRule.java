package io.orrery.world.command;

/**
 * How a move command becomes a velocity: the rule that clients predict with and check the server against.
 *
 * <p>A heading is a 16-bit angle: 0 points to +x, 16,384 to +y, counter-clockwise, 65,536 to a turn. A player moves at one fixed speed:
 * {@code position(T) = position(T0) + velocity * tickSeconds * (T - T0)}, clamped to the world. Sine and cosine come from one table made
 * with {@link StrictMath}, so that every machine has the same bits.
 *
 * <p>Immutable; any thread. Memory: two tables of 65,536 floats.
 */
public final class MoveRule {
    /** Headings in a turn. */
    public static final int HEADING_COUNT = 1 << 16;
    private static final int HEADING_MASK = HEADING_COUNT - 1;

    private static final float[] COS = new float[HEADING_COUNT];
    private static final float[] SIN = new float[HEADING_COUNT];

    static {
        for (int i = 0; i < HEADING_COUNT; i++) {
            final double angleRad = i * (2 * Math.PI / HEADING_COUNT);
            COS[i] = (float) StrictMath.cos(angleRad);
            SIN[i] = (float) StrictMath.sin(angleRad);
        }
    }

    private MoveRule() {
    }

    /** Makes the tables now rather than in the first tick that walks, which they would make late. */
    public static void load() {
        assert COS.length == HEADING_COUNT : "table of " + COS.length;
    }

    /**
     * Cosine of a heading.
     *
     * @param heading 0..65535; higher bits are ignored.
     * @return -1..1.
     */
    public static float cos(final int heading) {
        return COS[heading & HEADING_MASK];
    }

    /**
     * Sine of a heading.
     *
     * @param heading 0..65535; higher bits are ignored.
     * @return -1..1.
     */
    public static float sin(final int heading) {
        return SIN[heading & HEADING_MASK];
    }

    /**
     * Velocity along x.
     *
     * @param heading 0..65535; higher bits are ignored.
     * @param speedMetresPerSecond from 0.
     * @return metres per second.
     */
    public static float velocityX(final int heading, final float speedMetresPerSecond) {
        return cos(heading) * speedMetresPerSecond;
    }

    /**
     * Velocity along y.
     *
     * @param heading 0..65535; higher bits are ignored.
     * @param speedMetresPerSecond from 0.
     * @return metres per second.
     */
    public static float velocityY(final int heading, final float speedMetresPerSecond) {
        return sin(heading) * speedMetresPerSecond;
    }
}
