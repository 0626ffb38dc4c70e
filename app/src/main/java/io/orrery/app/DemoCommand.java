package io.orrery.app;

import io.orrery.game.node.NodeSettings;
import io.orrery.platform.config.Setting;
import io.orrery.platform.config.Settings;
import io.orrery.platform.config.SettingsContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code orrery demo}: reads its options, makes sure of its folders and hands over to the {@link DemoRunner}. */
@Command(name = "demo", sortOptions = false, sortSynopsis = false,
    description = "Runs the demo world in one process: a game server of 2 x 2 partitions at 20 Hz, its characters, and bots that connect "
        + "over UDP and check what they are sent. Ends on Ctrl-C or after --duration, then prints a table and writes a report.",
    exitCodeListHeading = "%nExit codes%n",
    exitCodeList = {
        "0:The demo ran and no bot saw a violation.",
        "1:A bot saw a violation, or the demo failed.",
        "2:Wrong arguments or configuration.",
        "3:The environment lacks something: a folder that can be written to, a free port."},
    footerHeading = "%nExamples%n",
    footer = {
        "  orrery demo                                    Until Ctrl-C.",
        "  orrery demo --bots 50 --duration 30s           For 30 seconds, with 50 bots.",
        "  orrery demo --port 40000 --metrics-port 9464   On ports that others know.",
        "  orrery demo --report /tmp/run-1 --quiet        For a script."})
final class DemoCommand implements Callable<Integer> {
    private static final Map<String, Setting> SETTING_BY_OPTION = settingByOption();

    private final Supplier<DemoRunner> runner;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions settingsOptions;

    @Option(names = "--quiet", arity = "0", order = 99, description = "Leaves out the live line.")
    private boolean isQuiet;

    private DemoCommand(final Supplier<DemoRunner> runner) {
        this.runner = runner;
    }

    /** The command with an option for each setting that has one; its help says what the setting allows. */
    static CommandSpec specification(final Supplier<DemoRunner> runner) {
        final CommandSpec spec = CommandSpec.forAnnotatedObject(new DemoCommand(runner));
        int order = 0;
        for (final Map.Entry<String, Setting> entry : SETTING_BY_OPTION.entrySet()) {
            spec.addOption(optionOf(entry.getKey(), entry.getValue(), order));
            order++;
        }
        return spec;
    }

    /** What an option's value may be, in words that follow "must be"; null if the option stands for no setting. */
    static String allowed(final String option) {
        final Setting setting = SETTING_BY_OPTION.get(option);
        return setting == null ? null : setting.allowed();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final DemoOptions options = DemoSettings.options(settings(), LocalDateTime.now());
        final DemoRunner demo = runner.get();
        Folders.prepare("--report", options.reportFolder());
        Folders.prepare("--data", options.dataFolder());
        final PrintWriter out = spec.commandLine().getOut();
        return demo.run(options, out);
    }

    private Settings settings() {
        final SettingsContext context = settingsOptions.context();
        final ParseResult arguments = spec.commandLine().getParseResult();
        SETTING_BY_OPTION.forEach((option, setting) -> {
            if (arguments.hasMatchedOption(option)) {
                context.option(option, setting, arguments.matchedOptionValue(option, ""));
            }
        });
        if (isQuiet) {
            context.option("--quiet", DemoSettings.QUIET, "true");
        }
        return Settings.read(context.conclude());
    }

    private static OptionSpec optionOf(final String option, final Setting setting, final int order) {
        final String defaultText = setting.defaultText().isEmpty() ? "" : ", default " + setting.defaultText();
        return OptionSpec.builder(option)
            .paramLabel(labelOf(setting))
            .type(String.class)
            .order(order)
            .description(setting.documentation().replace("%", "%%"), "Allowed: " + setting.allowed() + defaultText + ".")
            .build();
    }

    private static String labelOf(final Setting setting) {
        return switch (setting.type()) {
            case DURATION -> "DURATION";
            case PATH -> "DIR";
            default -> "N";
        };
    }

    private static Map<String, Setting> settingByOption() {
        final Map<String, Setting> map = new LinkedHashMap<>();
        map.put("--bots", DemoSettings.BOTS);
        map.put("--npcs", NodeSettings.NPC_COUNT);
        map.put("--duration", DemoSettings.DURATION);
        map.put("--ramp", DemoSettings.RAMP);
        map.put("--seed", NodeSettings.SEED);
        map.put("--report", DemoSettings.REPORT);
        map.put("--figures", DemoSettings.FIGURES);
        map.put("--port", NodeSettings.PORT);
        map.put("--metrics-port", NodeSettings.METRICS_PORT);
        map.put("--data", NodeSettings.DATA_FOLDER);
        return map;
    }
}
