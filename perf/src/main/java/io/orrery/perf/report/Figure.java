package io.orrery.perf.report;

import java.util.regex.Pattern;

import io.orrery.platform.config.Ranges;

/**
 * One measured figure, what it is compared with, and what it should be.
 *
 * @param id stable name, dotted, the first part names the set's subject: {@code world.iterate.100k}.
 * @param value measured; finite.
 * @param unit of value and reference, for example {@code ns}; empty for counts and ratios.
 * @param reference what was measured beside it, or null.
 * @param referenceValue in the same unit, or null.
 * @param ratio value divided by the reference's, or null.
 * @param target in words, or null if there is none.
 * @param met whether the target is met, or null if there is none.
 * @param origin how it was measured.
 */
public record Figure(
    String id, double value, String unit, String reference, Double referenceValue, Double ratio, String target, Boolean met,
    FigureOrigin origin) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)+");

    /**
     * Checks what a reader of the file relies on.
     *
     * @throws IllegalArgumentException naming the figure and what is wrong.
     */
    public Figure {
        if (id == null || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id=" + id + ", must match " + ID.pattern());
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(id + ": value=" + value + ", must be a finite number");
        }
        Ranges.required(id + ": unit", unit);
        Ranges.required(id + ": origin", origin);
        if ((target == null) != (met == null)) {
            throw new IllegalArgumentException(id + ": target=" + target + ", met=" + met + ", must be both set or both null");
        }
    }

    /**
     * A figure without reference and target.
     *
     * @param id stable name.
     * @param value measured.
     * @param unit of the value.
     * @param origin how it was measured.
     * @return the figure.
     */
    public static Figure of(final String id, final double value, final String unit, final FigureOrigin origin) {
        return new Figure(id, value, unit, null, null, null, null, null, origin);
    }

    /**
     * The same figure beside what it is compared with.
     *
     * @param name what was measured, for example {@code hand-written SoA}.
     * @param valueInSameUnit its value; not 0.
     * @return a figure with its ratio.
     */
    public Figure against(final String name, final double valueInSameUnit) {
        return new Figure(id, value, unit, name, valueInSameUnit, value / valueInSameUnit, target, met, origin);
    }

    /**
     * The same figure with the highest value it may have.
     *
     * @param bound in the figure's unit, accepted.
     * @return a figure that tells whether it is met.
     */
    public Figure atMost(final double bound) {
        return target("<= " + withUnit(bound), value <= bound);
    }

    /**
     * The same figure with the lowest value it may have.
     *
     * @param bound in the figure's unit, accepted.
     * @return a figure that tells whether it is met.
     */
    public Figure atLeast(final double bound) {
        return target(">= " + withUnit(bound), value >= bound);
    }

    /**
     * The same figure with the highest ratio to its reference it may have.
     *
     * @param bound accepted.
     * @return a figure that tells whether it is met.
     * @throws IllegalStateException if it has no reference.
     */
    public Figure ratioAtMost(final double bound) {
        return target("<= " + Numbers.text(bound) + " x " + reference, knownRatio() <= bound);
    }

    /**
     * The same figure with the lowest ratio to its reference it may have.
     *
     * @param bound accepted.
     * @return a figure that tells whether it is met.
     * @throws IllegalStateException if it has no reference.
     */
    public Figure ratioAtLeast(final double bound) {
        return target(">= " + Numbers.text(bound) + " x " + reference, knownRatio() >= bound);
    }

    /**
     * The same figure with a target in words.
     *
     * @param words what is asked for.
     * @param isMet whether it is.
     * @return the figure.
     */
    public Figure target(final String words, final boolean isMet) {
        return new Figure(id, value, unit, reference, referenceValue, ratio, words, isMet, origin);
    }

    private double knownRatio() {
        if (ratio == null) {
            throw new IllegalStateException(id + ": has no reference, call against() first");
        }
        return ratio;
    }

    private String withUnit(final double bound) {
        return unit.isEmpty() ? Numbers.text(bound) : Numbers.text(bound) + " " + unit;
    }
}
