package io.orrery.perf.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes {@code docs/benchmarks.md} of a folder of figures files. The same files make the same page, byte for byte. */
public final class BenchmarksPage {
    private BenchmarksPage() {
    }

    /**
     * Writes the page.
     *
     * @param results folder of {@code <set>.json} files.
     * @param page file to write; replaced if it exists.
     * @throws IOException naming the figures file that cannot be read, or if the page cannot be written.
     */
    public static void write(final Path results, final Path page) throws IOException {
        Files.writeString(page, text(results), StandardCharsets.UTF_8);
    }

    /**
     * The page as text.
     *
     * @param results folder of {@code <set>.json} files; a missing one counts as empty.
     * @return Markdown.
     * @throws IOException naming the figures file that cannot be read.
     */
    public static String text(final Path results) throws IOException {
        final Map<String, List<Figure>> bySet = read(results);
        final StringBuilder text = new StringBuilder("""
            # Benchmarks

            This page is generated from the figures files in `perf/results`: change them by running their commands, never by hand.
            Figures are of the machine named beside them. What was measured beside a figure, in the same run, is its reference; the ratio
            is figure / reference and says more than either.

            """);
        summary(text, bySet);
        for (final Map.Entry<String, List<Figure>> set : bySet.entrySet()) {
            text.append("## ").append(set.getKey()).append("\n\n");
            final Map<FigureOrigin, List<Figure>> byOrigin = new LinkedHashMap<>();
            for (final Figure figure : set.getValue()) {
                byOrigin.computeIfAbsent(figure.origin(), any -> new ArrayList<>()).add(figure);
            }
            byOrigin.forEach((origin, figures) -> table(text, origin, figures));
        }
        return text.toString();
    }

    private static Map<String, List<Figure>> read(final Path results) throws IOException {
        final List<Path> files = new ArrayList<>();
        if (Files.isDirectory(results)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(results, "*.json")) {
                found.forEach(files::add);
            }
        }
        Collections.sort(files);
        final Map<String, List<Figure>> bySet = new LinkedHashMap<>();
        for (final Path file : files) {
            final String name = file.getFileName().toString();
            bySet.put(name.substring(0, name.length() - ".json".length()), FigureFile.read(file));
        }
        return bySet;
    }

    private static void summary(final StringBuilder text, final Map<String, List<Figure>> bySet) {
        int figureCount = 0;
        int targetCount = 0;
        final List<Figure> missed = new ArrayList<>();
        for (final List<Figure> figures : bySet.values()) {
            figureCount += figures.size();
            for (final Figure figure : figures) {
                targetCount += figure.met() == null ? 0 : 1;
                if (Boolean.FALSE.equals(figure.met())) {
                    missed.add(figure);
                }
            }
        }
        text.append(figureCount).append(" figures, ").append(targetCount).append(" with a target, ").append(missed.size())
            .append(missed.size() == 1 ? " of them misses it" : " of them miss it").append(missed.isEmpty() ? ".\n\n" : ":\n\n");
        for (final Figure figure : missed) {
            text.append("- `").append(figure.id()).append("`: ").append(valueText(figure.value(), figure.unit()));
            if (figure.ratio() != null) {
                text.append(", ").append(Numbers.text(figure.ratio())).append(" x ").append(cell(figure.reference()));
            }
            text.append("; target ").append(cell(figure.target())).append('\n');
        }
        text.append(missed.isEmpty() ? "" : "\n");
    }

    private static void table(final StringBuilder text, final FigureOrigin origin, final List<Figure> figures) {
        text.append("    ").append(origin.command()).append("\n\nCommit ").append(origin.commit()).append(", ").append(origin.jdk())
            .append(", ").append(origin.machine()).append(", ").append(origin.date()).append(".\n\n")
            .append("| figure | value | reference | its value | ratio | target | met |\n|---|---:|---|---:|---:|---|---|\n");
        for (final Figure figure : figures) {
            text.append("| `").append(figure.id()).append("` | ").append(valueText(figure.value(), figure.unit())).append(" | ")
                .append(cell(figure.reference())).append(" | ")
                .append(figure.referenceValue() == null ? "" : valueText(figure.referenceValue(), figure.unit())).append(" | ")
                .append(figure.ratio() == null ? "" : Numbers.text(figure.ratio())).append(" | ").append(cell(figure.target()))
                .append(" | ").append(figure.met() == null ? "" : figure.met() ? "yes" : "**missed**").append(" |\n");
        }
        text.append('\n');
    }

    private static String valueText(final double value, final String unit) {
        return unit.isEmpty() ? Numbers.text(value) : Numbers.text(value) + " " + cell(unit);
    }

    private static String cell(final String text) {
        return text == null ? "" : text.replace("|", "\\|").replace('\n', ' ');
    }
}
