package io.orrery.app;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong in exactly one line on the error stream: which argument, its value, what is allowed. */
final class ArgumentFaults implements IParameterExceptionHandler, IExecutionExceptionHandler {
    /** Commands of the launcher script, which never reach this program. */
    private static final List<String> LAUNCHER_COMMANDS = List.of("build", "clean", "doctor", "test");
    private static final List<String> COMMANDS = List.of("benchmarks", "config", "demo", "help", "version");
    /** How picocli says the two things for which it has no exception of its own; its version is pinned, and a test holds both. */
    private static final Pattern VALUE_OF_SWITCH = Pattern.compile("option '([^']*)' .*should be specified without '(.*)' parameter");
    private static final Pattern UNKNOWN_COMMAND = Pattern.compile("Unknown subcommand '(.*)'\\.");

    /** What may stand where a command is wanted. */
    static String commands() {
        final List<String> commands = new ArrayList<>(COMMANDS);
        commands.addAll(LAUNCHER_COMMANDS);
        commands.sort(null);
        return "one of " + String.join(", ", commands);
    }

    @Override
    public int handleParseException(final ParameterException fault, final String[] arguments) {
        print(fault.getCommandLine(), messageOf(fault));
        return ExitCode.WRONG_ARGUMENTS;
    }

    @Override
    public int handleExecutionException(final Exception fault, final CommandLine commandLine, final ParseResult arguments) {
        switch (fault) {
            case ConfigurationException wrong -> {
                print(commandLine, wrong.getMessage());
                return ExitCode.WRONG_ARGUMENTS;
            }
            case EnvironmentException lacking -> {
                print(commandLine, lacking.getMessage());
                return ExitCode.ENVIRONMENT;
            }
            default -> {
                print(commandLine, "failed: " + OneLine.of(fault.toString()));
                fault.printStackTrace(commandLine.getErr());
                return ExitCode.FAILED;
            }
        }
    }

    private static void print(final CommandLine commandLine, final String message) {
        commandLine.getErr().println(commandLine.getCommandSpec().qualifiedName() + ": " + message);
        commandLine.getErr().flush();
    }

    private static String messageOf(final ParameterException fault) {
        return switch (fault) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched);
            case OverwrittenOptionException twice -> nameOf(twice.getOverwritten()) + ", must be given once only";
            case MissingParameterException missing when !missing.getMissing().isEmpty() -> valueMissing(missing.getMissing().getFirst());
            default -> other(fault);
        };
    }

    private static String other(final ParameterException fault) {
        final String message = OneLine.of(fault.getMessage());
        final Matcher valueOfSwitch = VALUE_OF_SWITCH.matcher(message);
        if (valueOfSwitch.matches()) {
            return valueOfSwitch.group(1) + "=" + valueOfSwitch.group(2) + ", must be given without a value";
        }
        final Matcher unknownCommand = UNKNOWN_COMMAND.matcher(message);
        if (unknownCommand.matches()) {
            return unknownCommand.group(1) + ", must be " + commands();
        }
        return fault.getArgSpec() instanceof OptionSpec option ? valueMissing(option) : message;
    }

    private static String unknown(final UnmatchedArgumentException fault) {
        final String argument = fault.getUnmatched().isEmpty() ? "" : fault.getUnmatched().getFirst();
        final String shown = argument.isEmpty() ? "''" : OneLine.of(argument);
        if (!fault.getCommandLine().getSubcommands().isEmpty() && !argument.startsWith("-")) {
            return shown + ", must be " + commands();
        }
        final List<String> options = new ArrayList<>();
        for (final OptionSpec option : fault.getCommandLine().getCommandSpec().options()) {
            options.add(option.longestName());
        }
        options.sort(null);
        return shown + ", must be one of " + String.join(", ", options);
    }

    private static String valueMissing(final ArgSpec argument) {
        final String allowed = DemoCommand.allowed(nameOf(argument));
        return nameOf(argument) + ", must be followed by " + argument.paramLabel() + (allowed == null ? "" : ": " + allowed);
    }

    private static String nameOf(final ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
