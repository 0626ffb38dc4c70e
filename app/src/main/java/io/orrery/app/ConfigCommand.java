package io.orrery.app;

import io.orrery.platform.config.Settings;
import io.orrery.platform.config.SettingsTable;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orrery config}: what is in effect and where it came from, or what there is to set. */
@Command(name = "config", sortOptions = false, sortSynopsis = false,
    description = "Prints the configuration in effect: each setting, its value and where the value came from. Secrets are masked. "
        + "Precedence, highest first: command line, system property, file, default.",
    exitCodeListHeading = "%nExit codes%n",
    exitCodeList = {"0:Printed.", "2:Wrong arguments or configuration."},
    footerHeading = "%nExamples%n",
    footer = {
        "  orrery config                             What is in effect by default.",
        "  orrery config --config my.properties      Checks a file.",
        "  orrery config --set orrery.demo.bots=50   What would be in effect.",
        "  orrery config --table                     Every setting, as Markdown."})
final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--table", order = 1,
        description = "Prints every setting with its default and what is allowed, as a Markdown table.")
    private boolean isTableWanted;

    @Mixin
    private SettingsOptions settingsOptions;

    @Override
    public Integer call() {
        final Settings settings = Settings.read(settingsOptions.context().conclude());
        final PrintWriter out = spec.commandLine().getOut();
        out.print(isTableWanted ? SettingsTable.markdown(AppSettings.ALL) : settings.describe());
        out.flush();
        return ExitCode.OK;
    }
}
