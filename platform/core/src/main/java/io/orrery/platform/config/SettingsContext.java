package io.orrery.platform.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * Where {@link Settings} come from: the settings that exist, and what the command line, the system properties and a file say about them.
 *
 * <p>Not thread safe; owned by the launcher. Precedence, highest first: command line, system property, file, default.
 */
public final class SettingsContext {
    /** Begins the name of every setting. */
    public static final String NAMESPACE = "orrery.";
    /** System property that names the checkout's root; set by the launcher and the build, and no setting. */
    public static final String ROOT_PROPERTY = "orrery.root";

    private final List<Setting> known = new ArrayList<>();
    private final List<GivenValue> commandLine = new ArrayList<>();
    private final List<GivenValue> properties = new ArrayList<>();
    private Path file;
    private boolean isConcluded;

    /**
     * Adds settings that exist.
     *
     * @param settings in the order in which they are to be described.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public SettingsContext known(final List<Setting> settings) {
        checkOpen();
        known.addAll(settings);
        return this;
    }

    /**
     * Adds a value from an option of its own, such as {@code --bots 200}.
     *
     * @param option as the user wrote it; messages name it instead of the property.
     * @param setting which setting the option stands for.
     * @param value as the user wrote it.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public SettingsContext option(final String option, final Setting setting, final String value) {
        checkOpen();
        commandLine.add(new GivenValue(setting.name(), value, option, option));
        return this;
    }

    /**
     * Adds a value from an option that takes any setting, such as {@code --set name=value}.
     *
     * @param option as the user wrote it, such as {@code --set}.
     * @param assignment {@code name=value}.
     * @return this, for chaining.
     * @throws ConfigurationException if there is no {@code =}; nothing changes.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public SettingsContext assignment(final String option, final String assignment) {
        checkOpen();
        final int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new ConfigurationException(option + "=" + OneLine.of(assignment) + ", must be name=value");
        }
        final String name = assignment.substring(0, equals).strip();
        commandLine.add(new GivenValue(name, assignment.substring(equals + 1).strip(), OneLine.of(name), option));
        return this;
    }

    /**
     * Adds the system properties in our namespace.
     *
     * @param systemProperties read once, before this returns.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public SettingsContext systemProperties(final Properties systemProperties) {
        checkOpen();
        final List<String> names = new ArrayList<>(systemProperties.stringPropertyNames());
        names.sort(null);
        for (final String name : names) {
            if (name.startsWith(NAMESPACE) && !name.equals(ROOT_PROPERTY)) {
                properties.add(new GivenValue(name, systemProperties.getProperty(name), OneLine.of(name), "system property"));
            }
        }
        return this;
    }

    /**
     * Sets the file to read.
     *
     * @param propertiesFile UTF-8, lines of {@code name = value}; null for none.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public SettingsContext file(final Path propertiesFile) {
        checkOpen();
        file = propertiesFile;
        return this;
    }

    /**
     * Checks that no setting was declared twice, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the setting; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public SettingsContext conclude() {
        checkOpen();
        final Set<String> names = new HashSet<>();
        for (final Setting setting : known) {
            if (!names.add(setting.name())) {
                throw new IllegalArgumentException(setting.name() + " is declared twice");
            }
        }
        isConcluded = true;
        return this;
    }

    List<Setting> known() {
        return List.copyOf(known);
    }

    List<GivenValue> commandLine() {
        return List.copyOf(commandLine);
    }

    List<GivenValue> properties() {
        return List.copyOf(properties);
    }

    Path file() {
        return file;
    }

    void checkConcluded() {
        if (!isConcluded) {
            throw new IllegalStateException("SettingsContext is not concluded");
        }
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("SettingsContext is concluded");
        }
    }
}
