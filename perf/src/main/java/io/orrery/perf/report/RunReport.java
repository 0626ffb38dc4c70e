package io.orrery.perf.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the report folder of one run: {@code summary.json}, the {@code .hlog} files and one self-contained {@code index.html}.
 *
 * <p>Not thread safe; filled and written by the launcher's thread once the run is over. Files of an earlier report in the folder are
 * replaced.
 */
public final class RunReport {
    /** The figures, flat. */
    public static final String SUMMARY_FILE = "summary.json";
    /** The page. */
    public static final String PAGE_FILE = "index.html";
    private static final double MS_PER_S = 1e3;

    private final Path folder;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<TimeSeries> series = new ArrayList<>();
    private final List<Path> histogramLogs = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String title = "Run";
    private String subtitle = "";
    private long startMs;
    private long plateauFromMs = Long.MIN_VALUE;
    private long plateauToMs = Long.MAX_VALUE;

    /**
     * Prepares a report; nothing is written yet.
     *
     * @param folder made by {@link #write()} if missing.
     */
    public RunReport(final Path folder) {
        this.folder = folder;
    }

    /**
     * Sets the heading.
     *
     * @param heading what was run, for example {@code Demo world, 200 bots}.
     * @return this, for chaining.
     */
    public RunReport title(final String heading) {
        title = heading;
        return this;
    }

    /**
     * Sets the line below the heading.
     *
     * @param line when, on which machine, from which commit.
     * @return this, for chaining.
     */
    public RunReport subtitle(final String line) {
        subtitle = line;
        return this;
    }

    /**
     * Adds a figure, or a text, to the summary. A key that is there already keeps its place and takes the new value.
     *
     * @param key flat, lower case, with its unit at the end: {@code tick_p99_us}.
     * @param value a number, text, or null if it was not measured; NaN counts as null.
     * @return this, for chaining.
     */
    public RunReport fact(final String key, final Object value) {
        facts.put(key, value instanceof final Double number && !Double.isFinite(number) ? null : value);
        return this;
    }

    /**
     * Adds several figures in the map's order.
     *
     * @param more as {@link #fact(String, Object)} takes them.
     * @return this, for chaining.
     */
    public RunReport facts(final Map<String, ?> more) {
        more.forEach(this::fact);
        return this;
    }

    /**
     * Adds a line to a plot.
     *
     * @param line its chart says which plot.
     * @return this, for chaining.
     */
    public RunReport series(final TimeSeries line) {
        series.add(line);
        return this;
    }

    /**
     * Adds a histogram log, in nanoseconds. It is copied into the folder unless it is there already.
     *
     * @param file in HdrHistogram's interval log format, no longer written to.
     * @return this, for chaining.
     */
    public RunReport histogramLog(final Path file) {
        histogramLogs.add(file);
        return this;
    }

    /**
     * Adds what the run must reach.
     *
     * @param more in the order they are shown.
     * @return this, for chaining.
     */
    public RunReport targets(final List<Target> more) {
        targets.addAll(more);
        return this;
    }

    /**
     * Adds a line to what stands right below the verdict, for example the detail of a violation.
     *
     * @param line one sentence.
     * @return this, for chaining.
     */
    public RunReport note(final String line) {
        notes.add(line);
        return this;
    }

    /**
     * Sets when the run began, to which the times of series refer, and its plateau, over which histograms are added up.
     *
     * @param runStartMs milliseconds since 1970, UTC.
     * @param fromMs start of the plateau; intervals of a log that start before it are left out of tables and plots.
     * @param toMs end of the plateau; intervals that start at or after it are left out.
     * @return this, for chaining.
     */
    public RunReport plateau(final long runStartMs, final long fromMs, final long toMs) {
        startMs = runStartMs;
        plateauFromMs = fromMs;
        plateauToMs = toMs;
        return this;
    }

    /**
     * What the run amounts to, by its facts and targets.
     *
     * @return the worst that applies.
     */
    public Verdict verdict() {
        return Verdict.of(facts, targets);
    }

    /**
     * Writes everything.
     *
     * @return the page.
     * @throws IOException if the folder or a file cannot be written; what was written before stays.
     */
    public Path write() throws IOException {
        Files.createDirectories(folder);
        FlatJson.write(folder.resolve(SUMMARY_FILE), facts);
        final HistogramLogs logs = new HistogramLogs(plateauFromMs, plateauToMs);
        final List<String> fileNames = new ArrayList<>();
        for (final Path file : histogramLogs) {
            logs.read(file);
            if (Files.isReadable(file)) {
                fileNames.add(keep(file));
            }
        }
        final List<String> allNotes = new ArrayList<>(notes);
        allNotes.addAll(logs.notes());
        final Path page = folder.resolve(PAGE_FILE);
        Files.writeString(page, new ReportPage(this).html(logs.byTag(), fileNames, allNotes), StandardCharsets.UTF_8);
        return page;
    }

    String title() {
        return title;
    }

    String subtitle() {
        return subtitle;
    }

    Map<String, Object> facts() {
        return Collections.unmodifiableMap(facts);
    }

    List<TimeSeries> series() {
        return series;
    }

    List<Target> targets() {
        return targets;
    }

    boolean hasPlateau() {
        return plateauFromMs != Long.MIN_VALUE;
    }

    double plateauFromS() {
        return hasPlateau() ? (plateauFromMs - startMs) / MS_PER_S : Double.NaN;
    }

    double plateauToS() {
        return hasPlateau() ? (plateauToMs - startMs) / MS_PER_S : Double.NaN;
    }

    private String keep(final Path file) throws IOException {
        final Path kept = folder.resolve(file.getFileName().toString());
        if (!Files.exists(kept) || !Files.isSameFile(file, kept)) {
            Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
        }
        return kept.getFileName().toString();
    }
}
