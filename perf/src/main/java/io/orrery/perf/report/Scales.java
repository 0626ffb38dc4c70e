package io.orrery.perf.report;

/** Round steps for axes. */
final class Scales {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    private Scales() {
    }

    /** The smallest of 1, 2, 2.5 or 5 times a power of ten that fits into a length at most so many times. */
    static double step(final double length, final int countMax) {
        final double raw = length / countMax;
        final double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (final double step : STEPS) {
            if (step * power >= raw * (1 - 1e-9)) {
                return step * power;
            }
        }
        return STEPS[STEPS.length - 1] * power;
    }
}
