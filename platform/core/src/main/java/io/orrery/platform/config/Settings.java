package io.orrery.platform.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The effective configuration of a process: every known {@link Setting} with its value and where the value came from.
 *
 * <p>Immutable, for any thread. Made once at start; components copy what they need into their contexts.
 */
public final class Settings {
    /** Stands for the value of a secret wherever it would be shown. */
    static final String MASK = "****";
    private static final String DEFAULT_ORIGIN = "default";

    private final Map<String, Value> valueByName;

    /**
     * What is effective for one setting.
     *
     * @param setting which.
     * @param value of the Java type that belongs to the setting's type.
     * @param text as it was given.
     * @param origin where it was given.
     */
    private record Value(Setting setting, Object value, String text, String origin) {
    }

    private Settings(final Map<String, Value> valueByName) {
        this.valueByName = valueByName;
    }

    /**
     * Reads and checks everything that was given. A value that another one overrides is checked too.
     *
     * @param context concluded.
     * @return every known setting with its value.
     * @throws ConfigurationException for the first fault: an unknown name (with the nearest known one), a value that is not allowed, a
     *     name given twice, an unreadable or too long file.
     */
    public static Settings read(final SettingsContext context) {
        context.checkConcluded();
        final Map<String, Value> values = new LinkedHashMap<>();
        for (final Setting setting : context.known()) {
            values.put(setting.name(), new Value(setting, setting.parse(setting.defaultText()), setting.defaultText(), DEFAULT_ORIGIN));
        }
        if (context.file() != null) {
            apply(values, SettingsFile.read(context.file()));
        }
        apply(values, context.properties());
        apply(values, context.commandLine());
        return new Settings(values);
    }

    /**
     * Value of a whole number.
     *
     * @param setting of type {@link SettingType#WHOLE_NUMBER}, known here.
     * @return within its bounds.
     * @throws IllegalArgumentException if the setting is not known here or has another type.
     */
    public long wholeNumber(final Setting setting) {
        return (Long) value(setting, SettingType.WHOLE_NUMBER);
    }

    /**
     * Value of a number that may have a fraction.
     *
     * @param setting of type {@link SettingType#DECIMAL}, known here.
     * @return within its bounds.
     * @throws IllegalArgumentException if the setting is not known here or has another type.
     */
    public double decimal(final Setting setting) {
        return (Double) value(setting, SettingType.DECIMAL);
    }

    /**
     * Value of a time span.
     *
     * @param setting of type {@link SettingType#DURATION}, known here.
     * @return nanoseconds, within its bounds.
     * @throws IllegalArgumentException if the setting is not known here or has another type.
     */
    public long durationNs(final Setting setting) {
        return (Long) value(setting, SettingType.DURATION);
    }

    /**
     * Value of a number of bytes.
     *
     * @param setting of type {@link SettingType#BYTES}, known here.
     * @return bytes, within its bounds.
     * @throws IllegalArgumentException if the setting is not known here or has another type.
     */
    public long bytes(final Setting setting) {
        return (Long) value(setting, SettingType.BYTES);
    }

    /**
     * Value of a text.
     *
     * @param setting of type {@link SettingType#TEXT}, known here.
     * @return the text; empty if it is not set and may be so.
     * @throws IllegalArgumentException if the setting is not known here or has another type.
     */
    public String text(final Setting setting) {
        return (String) value(setting, SettingType.TEXT);
    }

    /**
     * Value of a choice.
     *
     * @param setting of type {@link SettingType#CHOICE}, known here.
     * @param type the enum it was declared with.
     * @param <E> the enum.
     * @return the constant.
     * @throws IllegalArgumentException if the setting is not known here or has another type.
     */
    public <E extends Enum<E>> E choice(final Setting setting, final Class<E> type) {
        final Object value = value(setting, SettingType.CHOICE);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(setting.name() + " is no " + type.getSimpleName());
        }
        return type.cast(value);
    }

    /**
     * Value of a file or folder.
     *
     * @param setting of type {@link SettingType#PATH}, known here.
     * @return the path as given; the empty path if it is not set ({@link #isSet(Setting)}).
     * @throws IllegalArgumentException if the setting is not known here or has another type.
     */
    public Path path(final Setting setting) {
        return (Path) value(setting, SettingType.PATH);
    }

    /**
     * Value of a switch.
     *
     * @param setting of type {@link SettingType#FLAG}, known here.
     * @return whether it is on.
     * @throws IllegalArgumentException if the setting is not known here or has another type.
     */
    public boolean isOn(final Setting setting) {
        return (Boolean) value(setting, SettingType.FLAG);
    }

    /**
     * Whether there is any text for a setting, for those whose empty text means "not set".
     *
     * @param setting known here.
     * @return false if its text is empty.
     * @throws IllegalArgumentException if the setting is not known here.
     */
    public boolean isSet(final Setting setting) {
        return !entry(setting).text.isEmpty();
    }

    /**
     * A value as its user wrote it, for messages.
     *
     * @param setting known here.
     * @return the text on one line, with its unit; masked if the setting is secret.
     * @throws IllegalArgumentException if the setting is not known here.
     */
    public String shown(final Setting setting) {
        return shownText(entry(setting));
    }

    /**
     * Where a value came from.
     *
     * @param setting known here.
     * @return {@code default}, file and line, {@code system property}, or an option of the command line.
     * @throws IllegalArgumentException if the setting is not known here.
     */
    public String origin(final Setting setting) {
        return entry(setting).origin;
    }

    /**
     * The effective configuration for people, in the order of declaration, secrets masked.
     *
     * @return lines of name, value and origin, each ended by a line break.
     */
    public String describe() {
        int nameLengthMax = 0;
        int textLengthMax = 0;
        for (final Value value : valueByName.values()) {
            nameLengthMax = Math.max(nameLengthMax, value.setting.name().length());
            textLengthMax = Math.max(textLengthMax, shownText(value).length());
        }
        final StringBuilder lines = new StringBuilder();
        for (final Value value : valueByName.values()) {
            final String text = shownText(value);
            lines.append(value.setting.name()).repeat(' ', nameLengthMax - value.setting.name().length());
            lines.append(" = ").append(text).repeat(' ', textLengthMax - text.length());
            lines.append("  (").append(value.origin).append(")\n");
        }
        return lines.toString();
    }

    private static String shownText(final Value value) {
        if (value.setting.isSecret()) {
            return value.text.isEmpty() ? "" : MASK;
        }
        return OneLine.of(value.text);
    }

    private static void apply(final Map<String, Value> values, final List<GivenValue> givenValues) {
        final Map<String, GivenValue> givenByName = new HashMap<>();
        for (final GivenValue given : givenValues) {
            final Value known = values.get(given.name());
            if (known == null) {
                throw new ConfigurationException(
                    given.shownName() + ", must be a known setting" + nearest(given.name(), values) + given.where());
            }
            final boolean isSecret = known.setting.isSecret();
            final GivenValue earlier = givenByName.putIfAbsent(given.name(), given);
            if (earlier != null) {
                throw new ConfigurationException(given.shown(isSecret) + ", must be set once only, but "
                    + earlier.shown(isSecret) + " was given too" + given.where());
            }
            final Object value = known.setting.parse(given.text());
            if (value == null) {
                throw new ConfigurationException(given.shown(isSecret) + ", must be " + known.setting.allowed() + given.where());
            }
            values.put(given.name(), new Value(known.setting, value, given.text(), given.origin()));
        }
    }

    private static String nearest(final String name, final Map<String, Value> values) {
        String nearest = null;
        int nearestDistance = Integer.MAX_VALUE;
        for (final String known : values.keySet()) {
            final int distance = EditDistance.between(name, known);
            if (distance < nearestDistance) {
                nearestDistance = distance;
                nearest = known;
            }
        }
        return nearest == null ? "" : "; the nearest is " + nearest;
    }

    private Object value(final Setting setting, final SettingType type) {
        final Value entry = entry(setting);
        if (entry.setting.type() != type) {
            throw new IllegalArgumentException(setting.name() + " is a " + setting.type() + ", not a " + type);
        }
        return entry.value;
    }

    private Value entry(final Setting setting) {
        final Value entry = valueByName.get(setting.name());
        if (entry == null) {
            throw new IllegalArgumentException(setting.name() + " is not known to these settings");
        }
        return entry;
    }
}
