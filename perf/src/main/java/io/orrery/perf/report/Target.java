package io.orrery.perf.report;

import java.util.List;
import java.util.Map;

/**
 * What a run must reach: a bound on one of its figures, or on one divided by another.
 *
 * @param key figure in the run's facts.
 * @param dividedBy key of the figure to divide by, or null.
 * @param isAtLeast whether the bound is the lowest accepted value; else it is the highest.
 * @param bound the bound itself, accepted.
 * @param meaning what it means for a player or an operator, one sentence.
 */
public record Target(String key, String dividedBy, boolean isAtLeast, double bound, String meaning) {
    /**
     * A figure must not exceed a bound.
     *
     * @param key figure.
     * @param bound highest accepted value.
     * @param meaning one sentence.
     * @return the target.
     */
    public static Target atMost(final String key, final double bound, final String meaning) {
        return new Target(key, null, false, bound, meaning);
    }

    /**
     * A figure must reach a bound.
     *
     * @param key figure.
     * @param bound lowest accepted value.
     * @param meaning one sentence.
     * @return the target.
     */
    public static Target atLeast(final String key, final double bound, final String meaning) {
        return new Target(key, null, true, bound, meaning);
    }

    /**
     * One figure divided by another must reach a bound.
     *
     * @param key figure above the line.
     * @param dividedBy figure below it.
     * @param bound lowest accepted ratio.
     * @param meaning one sentence.
     * @return the target.
     */
    public static Target ratioAtLeast(final String key, final String dividedBy, final double bound, final String meaning) {
        return new Target(key, dividedBy, true, bound, meaning);
    }

    /**
     * What every run of the demo world must reach.
     *
     * @return unmodifiable.
     */
    public static List<Target> ofDemo() {
        return List.of(
            atMost("violations", 0, "No bot saw the world break one of its rules."),
            ratioAtLeast("ticks_run", "ticks_due", .999, "The world kept its rate: hardly a slot went by without a step."),
            atMost("allocated_bytes_per_tick", 0, "Ticks make no garbage, so that no collection ever waits for them."));
    }

    /**
     * The figure this target is about.
     *
     * @return name as an operator reads it.
     */
    public String name() {
        return dividedBy == null ? key : key + " / " + dividedBy;
    }

    /**
     * The bound as text.
     *
     * @return for example {@code at least 0.999}.
     */
    public String boundText() {
        return (isAtLeast ? "at least " : "at most ") + Numbers.text(bound);
    }

    /**
     * Looks the value up.
     *
     * @param facts figures of the run.
     * @return NaN if it was not measured.
     */
    public double valueIn(final Map<String, Object> facts) {
        final double value = number(facts.get(key));
        return dividedBy == null ? value : value / number(facts.get(dividedBy));
    }

    /**
     * Whether the run reached it.
     *
     * @param facts figures of the run.
     * @return false also if it was not measured.
     */
    public boolean isMetBy(final Map<String, Object> facts) {
        final double value = valueIn(facts);
        return isAtLeast ? value >= bound : value <= bound;
    }

    private static double number(final Object fact) {
        return fact instanceof final Number number ? number.doubleValue() : Double.NaN;
    }
}
