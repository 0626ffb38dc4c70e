package io.orrery.perf.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them: four digits that matter, groups of three, the same in every locale. */
final class Numbers {
    private static final int DIGITS = 4;
    private static final double GROUPED_FROM = 1_000;
    private static final double SCIENTIFIC_FROM = 1e15;
    private static final double SCIENTIFIC_BELOW = 1e-6;

    private Numbers() {
    }

    static String text(final double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "n/a";
        }
        if (value == 0) {
            return "0";
        }
        final double magnitude = Math.abs(value);
        if (magnitude >= SCIENTIFIC_FROM || magnitude < SCIENTIFIC_BELOW) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        if (magnitude >= GROUPED_FROM) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        final BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
        final String plain = rounded.stripTrailingZeros().toPlainString();
        return "1000".equals(plain) ? "1,000" : plain;
    }

    static String text(final Number value) {
        return value instanceof Long || value instanceof Integer
            ? String.format(Locale.ROOT, "%,d", value.longValue())
            : text(value.doubleValue());
    }

    /** A coordinate in a drawing: a tenth is finer than any screen. */
    static String coordinate(final double value) {
        final long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
    }
}
