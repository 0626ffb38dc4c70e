package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.game.node.NodeSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineTest {
    private static final int HELP_COLUMNS_MAX = 80;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<DemoOptions> runs = new ArrayList<>();
    private Supplier<DemoRunner> runner = () -> (options, output) -> {
        runs.add(options);
        output.println("ran");
        return ExitCode.OK;
    };

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        dmeo                     | orrery: dmeo, must be one of benchmarks, build, clean, config, demo, doctor, help, test, version
        ""                       | orrery: no command, must be one of benchmarks, build, clean, config, demo, doctor, help, test, version
        --foo                    | orrery: --foo, must be one of --help, --version
        help nix                 | orrery: nix, must be one of benchmarks, build, clean, config, demo, doctor, help, test, version
        version 5                | orrery version: 5, must be one of --help
        demo --bots              | orrery demo: --bots, must be followed by N: a whole number in 0..2000
        demo --bots --npcs 5     | orrery demo: --bots, must be followed by N: a whole number in 0..2000
        demo --bots -1           | orrery demo: --bots=-1, must be a whole number in 0..2000
        demo --bots=2001         | orrery demo: --bots=2001, must be a whole number in 0..2000
        demo --bots=1.5          | orrery demo: --bots=1.5, must be a whole number in 0..2000
        demo --bots=many         | orrery demo: --bots=many, must be a whole number in 0..2000
        demo --bots=             | orrery demo: --bots=, must be a whole number in 0..2000
        demo --bots 5 --bots 6   | orrery demo: --bots, must be given once only
        demo --npcs 100001       | orrery demo: --npcs=100001, must be a whole number in 0..100000
        demo --duration 30       | orrery demo: --duration=30, must be a duration in 0s..168h with its unit (ns, us, ms, s, m, h)
        demo --duration -5s      | orrery demo: --duration=-5s, must be a duration in 0s..168h with its unit (ns, us, ms, s, m, h)
        demo --duration 3s       | orrery demo: --duration=3s, must be longer than --ramp=5s, or 0s for no end
        demo --ramp fast         | orrery demo: --ramp=fast, must be a duration in 0s..10m with its unit (ns, us, ms, s, m, h)
        demo --seed 0x10         | orrery demo: --seed=0x10, must be a whole number of 64 bits
        demo --port 65536        | orrery demo: --port=65536, must be a whole number in 0..65535
        demo --metrics-port -1   | orrery demo: --metrics-port=-1, must be a whole number in 0..65535
        demo --quiet=maybe       | orrery demo: --quiet=maybe, must be given without a value
        demo --config            | orrery demo: --config, must be followed by FILE
        demo --config nowhere    | orrery demo: configuration file nowhere, must exist
        demo --set               | orrery demo: --set, must be followed by NAME=VALUE
        demo --set bots          | orrery demo: --set=bots, must be name=value
        demo --set orrery.demo.bot=5 | orrery demo: orrery.demo.bot, must be a known setting; the nearest is orrery.demo.bots (--set)
        demo --set orrery.demo.bots=-5 | orrery demo: orrery.demo.bots=-5, must be a whole number in 0..2000 (--set)
        config --set orrery.demo.quiet=1 | orrery config: orrery.demo.quiet=1, must be true or false (--set)
        config --bots 5          | orrery config: --bots, must be one of --config, --help, --set, --table
        """)
    void shouldSayWhatIsAllowedInOneLineWhenAnArgumentIsWrong(final String arguments, final String line) {
        final int exitCode = execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(err).hasToString(line + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
        assertThat(exitCode).isEqualTo(ExitCode.WRONG_ARGUMENTS);
        assertThat(runs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bot=5", "5", "-x", "", "@file", "a\nb", "--bots 5"})
    void shouldListTheOptionsWhenOneIsUnknown(final String argument) {
        final int exitCode = execute("demo", argument);

        assertThat(err.toString()).endsWith(
            ", must be one of --bots, --config, --data, --duration, --figures, --help, --metrics-port, --npcs, "
            + "--port, --quiet, --ramp, --report, --seed, --set" + System.lineSeparator());
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(exitCode).isEqualTo(ExitCode.WRONG_ARGUMENTS);
    }

    @Test
    void shouldHandTheDefaultsOfTheDemoWorldToTheRunnerWhenNothingIsSaid() {
        final int exitCode = executeDemo();

        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out).hasToString("ran" + System.lineSeparator());
        assertThat(runs).singleElement().satisfies(options -> {
            assertThat(options.botCount()).isEqualTo(200);
            assertThat(options.npcCount()).isEqualTo(2_000);
            assertThat(options.durationNs()).isEqualTo(DemoOptions.DURATION_UNTIL_ASKED_NS);
            assertThat(options.rampNs()).isEqualTo(TimeUnit.SECONDS.toNanos(5));
            assertThat(options.seed()).isEqualTo(1);
            assertThat(options.port()).isEqualTo(40_000);
            assertThat(options.metricsPort()).isEqualTo(9_464);
            assertThat(options.figuresFile()).isNull();
            assertThat(options.drainLimitMs()).isEqualTo(10_000);
            assertThat(options.isQuiet()).isFalse();
        });
    }

    @Test
    void shouldHandEveryOptionToTheRunner() {
        final int exitCode = executeDemo("--bots", "5", "--npcs=7", "--duration", "90s", "--ramp", "1s", "--seed", "-9", "--port", "40001",
            "--metrics-port", "9465", "--figures", "figures.json", "--quiet", "--set", "orrery.app.drain-limit=2s");

        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(runs).singleElement().satisfies(options -> {
            assertThat(options.botCount()).isEqualTo(5);
            assertThat(options.npcCount()).isEqualTo(7);
            assertThat(options.durationNs()).isEqualTo(TimeUnit.SECONDS.toNanos(90));
            assertThat(options.rampNs()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
            assertThat(options.seed()).isEqualTo(-9);
            assertThat(options.port()).isEqualTo(40_001);
            assertThat(options.metricsPort()).isEqualTo(9_465);
            assertThat(options.figuresFile()).isEqualTo(Path.of("figures.json"));
            assertThat(options.drainLimitMs()).isEqualTo(2_000);
            assertThat(options.isQuiet()).isTrue();
            assertThat(options.reportFolder()).isEqualTo(folder.resolve("report")).isDirectory();
            assertThat(options.dataFolder()).isEqualTo(folder.resolve("data")).isDirectory();
        });
    }

    @Test
    void shouldTakeSettingsOfAFileUnderThoseOfTheCommandLine() throws IOException {
        final Path file = Files.writeString(folder.resolve("my.properties"), "orrery.demo.bots = 3\norrery.world.npc-count = 4\n");

        executeDemo("--config", file.toString(), "--bots", "5");

        assertThat(runs).singleElement().satisfies(options -> {
            assertThat(options.botCount()).isEqualTo(5);
            assertThat(options.npcCount()).isEqualTo(4);
            assertThat(options.settings().origin(NodeSettings.NPC_COUNT)).isEqualTo(file + ":2");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"--report", "--data"})
    void shouldSayWhichFolderCannotBeWrittenTo(final String option) throws IOException {
        final Path file = Files.writeString(folder.resolve("file"), "");
        final Path blocked = file.resolve("inside");
        final String other = "--report".equals(option) ? "--data" : "--report";

        final int exitCode = execute("demo", option, blocked.toString(), other, folder.resolve("other").toString());

        assertThat(exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err.toString().lines()).singleElement().asString()
            .startsWith("orrery demo: " + option + "=" + blocked + ", must be a folder that can be written to: ");
        assertThat(runs).isEmpty();
    }

    @Test
    void shouldLeaveNoTraceInAFolderThatWasOnlyTried() throws IOException {
        executeDemo();

        try (var files = Files.list(folder.resolve("report"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void shouldFailWhenABotSawAViolation() {
        runner = () -> (options, output) -> ExitCode.FAILED;

        assertThat(executeDemo()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void shouldSayInOneLineWhatTheEnvironmentLacks() {
        runner = () -> (options, output) -> {
            throw new EnvironmentException("--port=40000, must be free, but is in use", new IOException("bind"));
        };

        final int exitCode = executeDemo();

        assertThat(exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err).hasToString("orrery demo: --port=40000, must be free, but is in use" + System.lineSeparator());
    }

    @Test
    void shouldSayWhichPartIsAbsentWhenTheBuildHasNoBots() {
        runner = () -> {
            throw new NoClassDefFoundError("io/orrery/perf/bot/Bots");
        };

        final int exitCode = executeDemo();

        assertThat(exitCode).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(err).hasToString(
            "orrery: this build lacks a part that the command needs: io/orrery/perf/bot/Bots" + System.lineSeparator());
    }

    @Test
    void shouldShowTheWholeFaultWhenItIsOurs() {
        runner = () -> (options, output) -> {
            throw new IllegalStateException("partition 3 lost its owner");
        };

        final int exitCode = executeDemo();

        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
            .startsWith("orrery demo: failed: java.lang.IllegalStateException: partition 3 lost its owner" + System.lineSeparator())
            .contains("at io.orrery.app.CommandLineTest");
    }

    @Test
    void shouldPrintTheConfigurationInEffect() {
        final int exitCode = execute("config", "--set", "orrery.demo.bots=5");

        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsPattern("orrery\\.demo\\.bots +=\\ 5 +\\(--set\\)");
        assertThat(out.toString().lines()).hasSize(AppSettings.ALL.size());
    }

    @Test
    void shouldPrintEverySettingAsATable() {
        execute("config", "--table");

        assertThat(out.toString()).startsWith("| property |").contains("| `orrery.demo.bots` | `200` |");
        assertThat(out.toString().lines()).hasSize(AppSettings.ALL.size() + 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-V"})
    void shouldPrintVersions(final String argument) {
        final int exitCode = execute(argument);

        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).hasSize(3).first().asString().matches("orrery \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "config", "version"})
    void shouldHelpCompletelyWithEachCommand(final String command) {
        final int exitCode = execute(command, "--help");

        final CommandLine specified = Main.commandLine(runner).getSubcommands().get(command);
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).isEmpty();
        for (final OptionSpec option : specified.getCommandSpec().options()) {
            assertThat(out.toString()).contains(option.longestName());
            assertThat(option.description()).isNotEmpty();
        }
        assertThat(out.toString()).contains("Exit codes").contains("Examples").contains("orrery " + command);
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(HELP_COLUMNS_MAX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void shouldHelpWithAllCommandsThoseOfTheLauncherToo(final String argument) {
        final int exitCode = execute(argument);

        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out).hasToString(OrreryCommand.usage());
        for (final String command : Main.commandLine(runner).getSubcommands().keySet()) {
            assertThat(out.toString()).containsPattern("(?m)^  " + command + " ");
        }
        for (final String command : List.of("build", "test", "clean", "doctor")) {
            assertThat(out.toString()).containsPattern("(?m)^  " + command + " ");
        }
        assertThat(out.toString()).matches("[\\n\\x20-\\x7e]*").contains("Exit codes");
    }

    private int executeDemo(final String... options) {
        final List<String> arguments = new ArrayList<>(List.of(
            "demo", "--report", folder.resolve("report").toString(), "--data", folder.resolve("data").toString()));
        arguments.addAll(Arrays.asList(options));
        return execute(arguments.toArray(new String[0]));
    }

    private int execute(final String... arguments) {
        return Main.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true), runner);
    }
}
