package io.orrery.platform.config;

/** Checks of single values, with messages of one form: {@code name=value, must be in min..max}. */
public final class Ranges {
    private Ranges() {
    }

    /**
     * Refuses a whole number outside its bounds.
     *
     * @param name property or field, as its user wrote it.
     * @param value what was given.
     * @param min lowest accepted.
     * @param max highest accepted.
     * @return the value.
     * @throws IllegalArgumentException naming value and bounds.
     */
    public static long check(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + ", must be in " + min + ".." + max);
        }
        return value;
    }

    /**
     * Refuses a whole number outside its bounds.
     *
     * @param name property or field, as its user wrote it.
     * @param value what was given.
     * @param min lowest accepted.
     * @param max highest accepted.
     * @return the value.
     * @throws IllegalArgumentException naming value and bounds.
     */
    public static int check(final String name, final int value, final int min, final int max) {
        return (int) check(name, (long) value, min, max);
    }

    /**
     * Refuses a number outside its bounds, and what is not a number.
     *
     * @param name property or field, as its user wrote it.
     * @param value what was given.
     * @param min lowest accepted.
     * @param max highest accepted.
     * @return the value.
     * @throws IllegalArgumentException naming value and bounds.
     */
    public static double check(final String name, final double value, final double min, final double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + "=" + value + ", must be in " + min + ".." + max);
        }
        return value;
    }

    /**
     * Refuses a missing value.
     *
     * @param name property or field, as its user wrote it.
     * @param value what was given.
     * @param <T> its type.
     * @return the value.
     * @throws IllegalArgumentException naming what is missing.
     */
    public static <T> T required(final String name, final T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + "=null, must be set");
        }
        return value;
    }
}
