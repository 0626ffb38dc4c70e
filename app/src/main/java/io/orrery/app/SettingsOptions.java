package io.orrery.app;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.OneLine;
import io.orrery.platform.config.SettingsContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options by which every command takes settings. */
final class SettingsOptions {
    @Option(names = "--config", paramLabel = "FILE", order = 100,
        description = "Properties file to read: UTF-8, one name = value a line, # begins a comment line.")
    private String config;

    @Option(names = "--set", paramLabel = "NAME=VALUE", arity = "1", order = 101,
        description = "Sets one setting, over file and system properties. May be given again for another one.")
    private final List<String> assignments = new ArrayList<>();

    /** Begins a context with all that these options and the system properties say. */
    SettingsContext context() {
        final SettingsContext context = new SettingsContext().known(AppSettings.ALL).systemProperties(System.getProperties());
        for (final String assignment : assignments) {
            context.assignment("--set", assignment);
        }
        if (config != null) {
            context.file(path(config));
        }
        return context;
    }

    private static Path path(final String text) {
        try {
            return Path.of(text);
        } catch (final InvalidPathException e) {
            throw new ConfigurationException("--config=" + OneLine.of(text) + ", must be a file name");
        }
    }
}
