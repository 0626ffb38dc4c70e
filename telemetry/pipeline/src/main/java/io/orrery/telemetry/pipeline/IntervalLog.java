package io.orrery.telemetry.pipeline;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A histogram log in HdrHistogram's own format, one line for each tag and interval; any reader of that format takes it.
 *
 * <p>Writing thread: the telemetry agent. A full disk loses intervals and is counted; it stops nothing else. Flushed at each interval, so
 * that a killed process leaves all whole intervals behind.
 */
final class IntervalLog {
    private final PrintStream stream;
    private final HistogramLogWriter writer;
    private long faultCount;
    private boolean isClosed;

    /** A null file makes a log that keeps nothing. */
    IntervalLog(final Path file, final long startMs) {
        if (file == null) {
            stream = null;
            writer = null;
            return;
        }
        stream = open(file);
        writer = new HistogramLogWriter(stream);
        writer.outputComment("[Orrery telemetry. Values are nanoseconds; the column Interval_Max is in milliseconds.]");
        writer.outputComment("[Tags: partition-N.tick tick duration, partition-N.lateness how late it started, others as documented.]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(startMs);
        writer.setBaseTime(startMs);
        writer.outputBaseTime(startMs);
        writer.outputLegend();
        stream.flush();
    }

    /** Its tag and time stamps are the caller's. */
    void write(final Histogram histogram) {
        if (writer != null && !isClosed) {
            writer.outputIntervalHistogram(histogram);
        }
    }

    void flush() {
        // checkError flushes; it stays true after the first fault, so this counts intervals at risk.
        if (stream != null && !isClosed && stream.checkError()) {
            faultCount++;
        }
    }

    void close() {
        if (stream != null && !isClosed) {
            flush();
            stream.close();
        }
        isClosed = true;
    }

    long faultCount() {
        return faultCount;
    }

    private static PrintStream open(final Path file) {
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            return new PrintStream(new BufferedOutputStream(Files.newOutputStream(file)), false, StandardCharsets.US_ASCII);
        } catch (final IOException fault) {
            throw new UncheckedIOException("histogramLog=" + file + ", cannot be written: " + fault, fault);
        }
    }
}
