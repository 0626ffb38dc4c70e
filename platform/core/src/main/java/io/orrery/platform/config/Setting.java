package io.orrery.platform.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One configuration property: its name, type, bounds, default and what it is for. Declared once, as a constant beside the context that
 * uses it; {@link Settings} reads its value, {@link SettingsTable} documents it.
 *
 * <p>Immutable. A default outside its own bounds is refused when the constant is made.
 */
public final class Setting {
    /** Most characters a value may have. */
    public static final int TEXT_LENGTH_MAX = 4096;
    private static final Pattern NAME = Pattern.compile("orrery(\\.[a-z][a-z0-9]*(-[a-z0-9]+)*){2,4}");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,32}(\\.[0-9]{1,32})?([eE][+-]?[0-9]{1,3})?");

    private final String name;
    private final SettingType type;
    private final String documentation;
    private final String defaultText;
    private final long min;
    private final long max;
    private final double decimalMin;
    private final double decimalMax;
    private final List<Enum<?>> choices;
    private final boolean isSecret;

    private Setting(final Draft draft, final boolean isSecret) {
        name = draft.name;
        type = draft.type;
        documentation = draft.documentation;
        defaultText = draft.defaultText;
        min = draft.min;
        max = draft.max;
        decimalMin = draft.decimalMin;
        decimalMax = draft.decimalMax;
        choices = List.copyOf(draft.choices);
        this.isSecret = isSecret;

        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name=" + OneLine.of(name) + ", must be orrery.<component>.<name> in lower case");
        }
        if (documentation.isBlank() || documentation.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(name + ": documentation must be one line");
        }
        if (parse(defaultText) == null) {
            throw new IllegalArgumentException(name + "=" + OneLine.of(defaultText) + ", default must be " + allowed());
        }
    }

    /**
     * Declares a whole number.
     *
     * @param name {@code orrery.<component>.<name>}.
     * @param defaultValue when nothing is said.
     * @param min lowest accepted.
     * @param max highest accepted.
     * @param documentation one line, what it is for.
     * @return the setting.
     */
    public static Setting wholeNumber(
        final String name, final long defaultValue, final long min, final long max, final String documentation) {
        return new Draft(name, SettingType.WHOLE_NUMBER, Long.toString(defaultValue), documentation).range(min, max).build();
    }

    /**
     * Declares a number that may have a fraction.
     *
     * @param name {@code orrery.<component>.<name>}.
     * @param defaultValue when nothing is said.
     * @param min lowest accepted, finite.
     * @param max highest accepted, finite.
     * @param documentation one line, what it is for.
     * @return the setting.
     */
    public static Setting decimal(
        final String name, final double defaultValue, final double min, final double max, final String documentation) {
        final Draft draft = new Draft(name, SettingType.DECIMAL, Double.toString(defaultValue), documentation);
        draft.decimalMin = min;
        draft.decimalMax = max;
        return draft.build();
    }

    /**
     * Declares a time span, held in nanoseconds.
     *
     * @param name {@code orrery.<component>.<name>}.
     * @param defaultText with its unit, such as {@code 50ms}.
     * @param minText shortest accepted, with its unit.
     * @param maxText longest accepted, with its unit.
     * @param documentation one line, what it is for.
     * @return the setting.
     */
    public static Setting duration(
        final String name, final String defaultText, final String minText, final String maxText, final String documentation) {
        final long minNs = Ranges.required(minText, Units.parseNs(minText));
        final long maxNs = Ranges.required(maxText, Units.parseNs(maxText));
        return new Draft(name, SettingType.DURATION, defaultText, documentation).range(minNs, maxNs).build();
    }

    /**
     * Declares a number of bytes.
     *
     * @param name {@code orrery.<component>.<name>}.
     * @param defaultText with its unit, such as {@code 64k}.
     * @param minText fewest accepted, with their unit.
     * @param maxText most accepted, with their unit.
     * @param documentation one line, what it is for.
     * @return the setting.
     */
    public static Setting bytes(
        final String name, final String defaultText, final String minText, final String maxText, final String documentation) {
        final long minBytes = Ranges.required(minText, Units.parseBytes(minText));
        final long maxBytes = Ranges.required(maxText, Units.parseBytes(maxText));
        return new Draft(name, SettingType.BYTES, defaultText, documentation).range(minBytes, maxBytes).build();
    }

    /**
     * Declares a line of text.
     *
     * @param name {@code orrery.<component>.<name>}.
     * @param defaultText when nothing is said; empty for "not set".
     * @param lengthMin fewest characters accepted.
     * @param lengthMax most characters accepted, to {@link #TEXT_LENGTH_MAX}.
     * @param documentation one line, what it is for.
     * @return the setting.
     */
    public static Setting text(
        final String name, final String defaultText, final int lengthMin, final int lengthMax, final String documentation) {
        return new Draft(name, SettingType.TEXT, defaultText, documentation).range(lengthMin, lengthMax).build();
    }

    /**
     * Declares a choice between the constants of an enum, written in lower case with {@code -} for {@code _}.
     *
     * @param name {@code orrery.<component>.<name>}.
     * @param defaultChoice when nothing is said.
     * @param documentation one line, what it is for.
     * @param <E> the enum.
     * @return the setting.
     */
    public static <E extends Enum<E>> Setting choice(final String name, final E defaultChoice, final String documentation) {
        final Draft draft = new Draft(name, SettingType.CHOICE, wordOf(defaultChoice), documentation);
        draft.choices.addAll(List.of(defaultChoice.getDeclaringClass().getEnumConstants()));
        return draft.build();
    }

    /**
     * Declares a file or folder.
     *
     * @param name {@code orrery.<component>.<name>}.
     * @param defaultText when nothing is said; empty for "not set".
     * @param documentation one line, what it is for.
     * @return the setting.
     */
    public static Setting path(final String name, final String defaultText, final String documentation) {
        return new Draft(name, SettingType.PATH, defaultText, documentation).build();
    }

    /**
     * Declares a switch.
     *
     * @param name {@code orrery.<component>.<name>}.
     * @param defaultValue when nothing is said.
     * @param documentation one line, what it is for.
     * @return the setting.
     */
    public static Setting flag(final String name, final boolean defaultValue, final String documentation) {
        return new Draft(name, SettingType.FLAG, Boolean.toString(defaultValue), documentation).build();
    }

    /**
     * The same setting, whose value is never shown.
     *
     * @return a copy that is masked in messages, descriptions and tables.
     */
    public Setting secret() {
        final Draft draft = new Draft(name, type, defaultText, documentation).range(min, max);
        draft.decimalMin = decimalMin;
        draft.decimalMax = decimalMax;
        draft.choices.addAll(choices);
        return new Setting(draft, true);
    }

    /**
     * Name of the property.
     *
     * @return {@code orrery.<component>.<name>}.
     */
    public String name() {
        return name;
    }

    /**
     * Kind of value.
     *
     * @return never null.
     */
    public SettingType type() {
        return type;
    }

    /**
     * What it is for.
     *
     * @return one line.
     */
    public String documentation() {
        return documentation;
    }

    /**
     * Value when nothing is said, as a user would write it.
     *
     * @return text that this setting accepts.
     */
    public String defaultText() {
        return defaultText;
    }

    /**
     * Whether the value must not be shown.
     *
     * @return true if it is masked wherever it would be printed.
     */
    public boolean isSecret() {
        return isSecret;
    }

    /**
     * What is accepted, in words that follow "must be".
     *
     * @return such as {@code a whole number in 0..2000}.
     */
    public String allowed() {
        return switch (type) {
            case WHOLE_NUMBER -> min == Long.MIN_VALUE && max == Long.MAX_VALUE
                ? "a whole number of 64 bits" : "a whole number in " + min + ".." + max;
            case DECIMAL -> "a number in " + decimalMin + ".." + decimalMax;
            case DURATION -> "a duration in " + Units.textOfNs(min) + ".." + Units.textOfNs(max) + " with its unit (ns, us, ms, s, m, h)";
            case BYTES -> "a length in " + Units.textOfBytes(min) + ".." + Units.textOfBytes(max) + " with its unit (b, k, m, g)";
            case TEXT -> "text of " + min + ".." + max + " printable characters";
            case CHOICE -> "one of " + String.join(", ", words());
            case PATH -> "a file or folder name";
            case FLAG -> "true or false";
        };
    }

    /** Reads a value: Long, Double, String, Enum, Path or Boolean by type. Null if the text is not allowed. */
    Object parse(final String text) {
        if (text.length() > TEXT_LENGTH_MAX) {
            return null;
        }
        return switch (type) {
            case WHOLE_NUMBER -> inRange(parseWholeNumber(text));
            case DECIMAL -> parseDecimal(text);
            case DURATION -> inRange(Units.parseNs(text));
            case BYTES -> inRange(Units.parseBytes(text));
            case TEXT -> text.length() >= min && text.length() <= max && isPrintable(text) ? text : null;
            case CHOICE -> parseChoice(text);
            case PATH -> parsePath(text);
            case FLAG -> "true".equals(text) ? Boolean.TRUE : "false".equals(text) ? Boolean.FALSE : null;
        };
    }

    private Long inRange(final Long value) {
        return value == null || value < min || value > max ? null : value;
    }

    private Double parseDecimal(final String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return null;
        }
        final double value = Double.parseDouble(text);
        return value >= decimalMin && value <= decimalMax ? value : null;
    }

    private Enum<?> parseChoice(final String text) {
        for (final Enum<?> choice : choices) {
            if (wordOf(choice).equals(text)) {
                return choice;
            }
        }
        return null;
    }

    private static Long parseWholeNumber(final String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (final NumberFormatException tooLarge) {
            return null;
        }
    }

    private static Path parsePath(final String text) {
        try {
            return isPrintable(text) ? Path.of(text) : null;
        } catch (final InvalidPathException refused) {
            return null;
        }
    }

    private static boolean isPrintable(final String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private List<String> words() {
        final List<String> words = new ArrayList<>();
        for (final Enum<?> choice : choices) {
            words.add(wordOf(choice));
        }
        return words;
    }

    private static String wordOf(final Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the factories above fill in before a setting is made. */
    private static final class Draft {
        private final String name;
        private final SettingType type;
        private final String defaultText;
        private final String documentation;
        private final List<Enum<?>> choices = new ArrayList<>();
        private long min;
        private long max;
        private double decimalMin;
        private double decimalMax;

        private Draft(final String name, final SettingType type, final String defaultText, final String documentation) {
            this.name = name;
            this.type = type;
            this.defaultText = defaultText;
            this.documentation = documentation;
        }

        private Draft range(final long lowest, final long highest) {
            min = lowest;
            max = highest;
            return this;
        }

        private Setting build() {
            return new Setting(this, false);
        }
    }
}
