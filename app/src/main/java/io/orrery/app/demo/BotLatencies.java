package io.orrery.app.demo;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Takes the bots' histograms once a second: into an interval log, and into totals over the plateau.
 *
 * <p>Writing thread: the main thread. Memory: two histograms for each measure.
 */
final class BotLatencies implements AutoCloseable {
    static final String FILE_NAME = "bots.hlog";
    static final String COMMAND_TO_FRAME = "command_to_frame";
    static final String COMMAND_LATENESS = "command_lateness";
    private static final double NS_UNIT_RATIO = 1.0;

    private final HistogramLogWriter log;
    private final Taken commandToFrame;
    private final Taken commandLateness;

    BotLatencies(final Path folder, final SingleWriterRecorder commandToFrame, final SingleWriterRecorder commandLateness)
        throws FileNotFoundException {
        this.commandToFrame = new Taken(COMMAND_TO_FRAME, commandToFrame);
        this.commandLateness = new Taken(COMMAND_LATENESS, commandLateness);
        log = new HistogramLogWriter(folder.resolve(FILE_NAME).toFile());
        log.outputComment("[values in nanoseconds: command_to_frame from the intended sending of a command to the frame that acknowledges"
            + " it; command_lateness from the intended to the actual sending]");
        log.outputLogFormatVersion();
        log.outputLegend();
    }

    /** Takes what was recorded since the last time. */
    void take(final boolean isPlateau) {
        commandToFrame.take(isPlateau);
        commandLateness.take(isPlateau);
    }

    Histogram commandToFrame() {
        return commandToFrame.total;
    }

    Histogram commandLateness() {
        return commandLateness.total;
    }

    @Override
    public void close() {
        log.close();
    }

    private final class Taken {
        private final String tag;
        private final SingleWriterRecorder recorder;
        private final Histogram total = new Histogram(3);
        private Histogram interval;

        Taken(final String tag, final SingleWriterRecorder recorder) {
            this.tag = tag;
            this.recorder = recorder;
        }

        void take(final boolean isPlateau) {
            interval = recorder.getIntervalHistogram(interval);
            interval.setTag(tag);
            if (isPlateau) {
                total.add(interval);
            }
            log.outputIntervalHistogram(
                interval.getStartTimeStamp() / 1_000.0, interval.getEndTimeStamp() / 1_000.0, interval, NS_UNIT_RATIO);
        }
    }
}
