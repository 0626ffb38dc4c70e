package io.orrery.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code orrery}: the command above all commands. Its help is the file {@code usage.txt}, which the launcher script prints too, so that
 * help needs neither a JDK nor a build.
 */
@Command(name = "orrery", sortOptions = false, sortSynopsis = false)
final class OrreryCommand implements Callable<Integer> {
    private static final String RESOURCE = "usage.txt";

    @Spec
    private CommandSpec spec;

    @Option(names = {"-V", "--version"})
    private boolean isVersionWanted;

    @Override
    public Integer call() {
        if (!isVersionWanted) {
            throw new ParameterException(spec.commandLine(), "no command, must be " + ArgumentFaults.commands());
        }
        VersionCommand.print(spec.commandLine().getOut());
        return ExitCode.OK;
    }

    /** The help of all commands together. */
    static String usage() {
        try (InputStream in = OrreryCommand.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(RESOURCE + " could not be read", e);
        }
    }
}
