package io.orrery.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a run amounts to, the worst first. */
public enum Verdict {
    /** A bot saw the world break a rule: nothing else in the report counts until that is explained. */
    VIOLATIONS("Violations"),
    /** The rules held, a target was missed or not measured. */
    MISSED("Target missed"),
    /** The rules held and every target was met. */
    PASS("Pass");

    private static final String VIOLATIONS_KEY = "violations";

    private final String label;

    Verdict(final String label) {
        this.label = label;
    }

    /**
     * Name for people.
     *
     * @return one or two words.
     */
    public String label() {
        return label;
    }

    /**
     * Judges a run.
     *
     * @param facts its figures.
     * @param targets what it must reach.
     * @return the worst that applies.
     */
    public static Verdict of(final Map<String, Object> facts, final List<Target> targets) {
        if (facts.get(VIOLATIONS_KEY) instanceof final Number count && count.doubleValue() > 0) {
            return VIOLATIONS;
        }
        for (final Target target : targets) {
            if (!target.isMetBy(facts)) {
                return MISSED;
            }
        }
        return PASS;
    }

    /** One sentence that says why. */
    String sentence(final Map<String, Object> facts, final List<Target> targets) {
        if (this == PASS) {
            return targets.isEmpty() ? "No rule was broken; no targets were set." : "No rule was broken and every target was met.";
        }
        final List<String> reasons = new ArrayList<>();
        if (this == VIOLATIONS) {
            final Number count = (Number) facts.get(VIOLATIONS_KEY);
            reasons.add("bots saw the world break a rule " + (count.longValue() == 1 ? "once" : Numbers.text(count) + " times"));
        }
        for (final Target target : targets) {
            final double value = target.valueIn(facts);
            if (!target.isMetBy(facts) && !target.key().equals(VIOLATIONS_KEY)) {
                reasons.add(target.name() + (Double.isNaN(value) ? " was not measured" : " is " + Numbers.text(value))
                    + ", must be " + target.boundText());
            }
        }
        final String text = String.join("; ", reasons);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
