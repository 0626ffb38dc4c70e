package io.orrery.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code orrery version}: what a bug report needs. */
@Command(name = "version", sortOptions = false, sortSynopsis = false,
    description = "Prints the versions of Orrery, Java and the system.",
    exitCodeListHeading = "%nExit codes%n",
    exitCodeList = {"0:Printed.", "2:Wrong arguments."},
    footerHeading = "%nExamples%n",
    footer = "  orrery version")
final class VersionCommand implements Callable<Integer> {
    private static final String RESOURCE = "version.txt";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        print(spec.commandLine().getOut());
        return ExitCode.OK;
    }

    /** Prints one line for each: Orrery, Java, the system. */
    static void print(final PrintWriter out) {
        out.println("orrery " + version());
        out.println("java   " + System.getProperty("java.vm.version") + " (" + System.getProperty("java.vendor") + ")");
        out.println("system " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
            + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        out.flush();
    }

    private static String version() {
        try (InputStream in = VersionCommand.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (final IOException e) {
            throw new UncheckedIOException(RESOURCE + " could not be read", e);
        }
    }
}
