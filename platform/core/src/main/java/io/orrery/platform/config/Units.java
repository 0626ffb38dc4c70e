package io.orrery.platform.config;

/** Whole numbers with a unit as text, both ways. A number that does not fit a long has no value. */
final class Units {
    /** Units of time, longest first, beside their length in nanoseconds. */
    private static final String[] TIME_UNITS = {"h", "m", "s", "ms", "us", "ns"};
    private static final long[] TIME_UNIT_NS = {3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L};
    /** Units of length in memory, longest first, beside their length in bytes. */
    private static final String[] BYTE_UNITS = {"g", "m", "k", "b"};
    private static final long[] BYTE_UNIT_BYTES = {1L << 30, 1L << 20, 1L << 10, 1L};
    private static final int DIGITS_MAX = 19;

    private Units() {
    }

    /** Reads a time span such as {@code 50ms}; null if it is none or does not fit. */
    static Long parseNs(final String text) {
        return parse(text, TIME_UNITS, TIME_UNIT_NS);
    }

    /** Reads a number of bytes such as {@code 64k}; null if it is none or does not fit. */
    static Long parseBytes(final String text) {
        return parse(text, BYTE_UNITS, BYTE_UNIT_BYTES);
    }

    /** Writes a time span from 0 in the longest unit that loses nothing. */
    static String textOfNs(final long valueNs) {
        return valueNs == 0 ? "0s" : textOf(valueNs, TIME_UNITS, TIME_UNIT_NS);
    }

    /** Writes a number of bytes from 0 in the longest unit that loses nothing. */
    static String textOfBytes(final long valueBytes) {
        return valueBytes == 0 ? "0b" : textOf(valueBytes, BYTE_UNITS, BYTE_UNIT_BYTES);
    }

    private static Long parse(final String text, final String[] units, final long[] factors) {
        int digitCount = 0;
        while (digitCount < text.length() && text.charAt(digitCount) >= '0' && text.charAt(digitCount) <= '9') {
            digitCount++;
        }
        if (digitCount == 0 || digitCount > DIGITS_MAX) {
            return null;
        }
        final String unit = text.substring(digitCount);
        for (int i = 0; i < units.length; i++) {
            if (units[i].equals(unit)) {
                try {
                    return Math.multiplyExact(Long.parseLong(text, 0, digitCount, 10), factors[i]);
                } catch (final ArithmeticException | NumberFormatException tooLarge) {
                    return null;
                }
            }
        }
        return null;
    }

    private static String textOf(final long value, final String[] units, final long[] factors) {
        int i = 0;
        while (value % factors[i] != 0) {
            i++;
        }
        return value / factors[i] + units[i];
    }
}
