package io.orrery.app;

import io.orrery.platform.config.OneLine;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;

/** Where the process begins: reads the command line, runs the command, ends with its exit code. */
public final class Main {
    private static final String USAGE_SECTION = "usage";

    private Main() {
    }

    /**
     * Runs a command and ends the process.
     *
     * @param arguments command and options, as {@code usage.txt} describes.
     */
    public static void main(final String[] arguments) {
        System.exit(execute(arguments, writer(System.out), writer(System.err), Main::demoRunner));
    }

    /** Runs a command and returns its exit code. */
    static int execute(final String[] arguments, final PrintWriter out, final PrintWriter err, final Supplier<DemoRunner> demoRunner) {
        try {
            return commandLine(demoRunner).setOut(out).setErr(err).execute(arguments);
        } catch (final NoClassDefFoundError absent) {
            // The classes of an optional part are looked up when they are first used, which may be inside a command.
            err.println("orrery: this build lacks a part that the command needs: " + OneLine.of(absent.getMessage()));
            return ExitCode.ENVIRONMENT;
        } catch (final Error broken) {
            // Said here, because a server's threads may still run and would keep a process without an exit code alive.
            err.println("orrery: failed: " + OneLine.of(broken.toString()));
            broken.printStackTrace(err);
            return ExitCode.FAILED;
        }
    }

    /** All commands and how their faults are told. */
    static CommandLine commandLine(final Supplier<DemoRunner> demoRunner) {
        final CommandLine root = new CommandLine(new OrreryCommand());
        root.getCommandSpec().usageMessage().sectionKeys(List.of(USAGE_SECTION));
        root.getHelpSectionMap().put(USAGE_SECTION, help -> OrreryCommand.usage());
        root.addSubcommand(DemoCommand.specification(demoRunner));
        root.addSubcommand(new ConfigCommand());
        root.addSubcommand(new BenchmarksCommand());
        root.addSubcommand(new VersionCommand());
        helpOption(root);
        root.getSubcommands().values().forEach(Main::helpOption);
        root.addSubcommand(new HelpCommand());

        final ArgumentFaults faults = new ArgumentFaults();
        return root.setExpandAtFiles(false)
            .setParameterExceptionHandler(faults)
            .setExecutionExceptionHandler(faults);
    }

    private static void helpOption(final CommandLine command) {
        command.getCommandSpec().addOption(
            OptionSpec.builder("-h", "--help").type(boolean.class).order(200).usageHelp(true).description("Prints this.").build());
    }

    private static DemoRunner demoRunner() {
        try {
            return ServiceLoader.load(DemoRunner.class).findFirst().orElseThrow(() -> noDemo(null));
        } catch (final ServiceConfigurationError e) {
            throw noDemo(e);
        }
    }

    private static EnvironmentException noDemo(final Throwable cause) {
        return new EnvironmentException(
            "the demo needs the module perf, which holds its bots, and this build lacks it: run ./orrery build in a checkout", cause);
    }

    private static PrintWriter writer(final PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }
}
