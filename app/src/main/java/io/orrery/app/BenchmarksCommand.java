package io.orrery.app;

import io.orrery.perf.report.BenchmarksPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orrery benchmarks}: makes the page of benchmarks of the figures files. */
@Command(name = "benchmarks", sortOptions = false, sortSynopsis = false,
    description = "Makes docs/benchmarks.md of the figures files in perf/results. The same files make the same page.",
    exitCodeListHeading = "%nExit codes%n",
    exitCodeList = {"0:Written.", "1:A figures file could not be read, or the page could not be written.", "2:Wrong arguments."},
    footerHeading = "%nExamples%n",
    footer = {
        "  orrery demo --duration 90s --figures perf/results/demo.json   Measures.",
        "  orrery benchmarks                                             Brings the page up to date."})
final class BenchmarksCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--results", paramLabel = "DIR", defaultValue = "perf/results",
        description = "Folder of figures files, default ${DEFAULT-VALUE}.")
    private Path results;

    @Option(names = "--page", paramLabel = "FILE", defaultValue = "docs/benchmarks.md",
        description = "Page to write, default ${DEFAULT-VALUE}.")
    private Path page;

    @Override
    public Integer call() throws IOException {
        BenchmarksPage.write(results, page);
        spec.commandLine().getOut().println(page + " written");
        return ExitCode.OK;
    }
}
