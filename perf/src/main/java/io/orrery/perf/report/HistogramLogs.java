package io.orrery.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * Reads histogram logs and adds up what belongs to the same tag. A log that breaks off, as a killed process leaves it, counts up to there
 * and makes a note.
 */
final class HistogramLogs {
    private static final int DIGITS = 3;

    private final Map<String, Histogram> byTag = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final long fromMs;
    private final long toMs;

    /** Intervals count that start within the two moments, in milliseconds since 1970. */
    HistogramLogs(final long fromMs, final long toMs) {
        this.fromMs = fromMs;
        this.toMs = toMs;
    }

    HistogramLogs read(final Path file) throws IOException {
        final String name = file.getFileName().toString();
        if (!Files.isReadable(file)) {
            notes.add(name + " is not there or not readable");
            return this;
        }
        int intervalCount = 0;
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram next = reader.nextIntervalHistogram(); next != null; next = reader.nextIntervalHistogram()) {
                intervalCount++;
                if (next instanceof final AbstractHistogram histogram) {
                    add(name, histogram);
                }
            }
        } catch (final RuntimeException torn) {
            notes.add(name + " breaks off after " + intervalCount + " intervals (" + torn + ")");
        }
        if (intervalCount == 0) {
            notes.add(name + " holds no interval");
        }
        return this;
    }

    /** By tag, in the order the tags were first seen. */
    Map<String, Histogram> byTag() {
        return byTag;
    }

    List<String> notes() {
        return notes;
    }

    private void add(final String fileName, final AbstractHistogram histogram) {
        final long startMs = histogram.getStartTimeStamp();
        if (startMs >= fromMs && startMs < toMs) {
            final String tag = histogram.getTag() != null ? histogram.getTag() : fileName.replaceFirst("\\.hlog$", "");
            byTag.computeIfAbsent(tag, any -> new Histogram(DIGITS)).add(histogram);
        }
    }
}
