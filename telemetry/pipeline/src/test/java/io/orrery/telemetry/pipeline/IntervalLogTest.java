package io.orrery.telemetry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.orrery.telemetry.record.Measure;
import io.orrery.telemetry.record.TelemetrySink;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntervalLogTest {
    @TempDir
    Path folder;

    private final PipelineFixture fixture = new PipelineFixture();

    @Test
    void shouldBeReadByTheStandardReader() throws IOException {
        final Path file = folder.resolve("made/server.hlog");
        fixture.context.histogramLog(file);
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");
        fixture.tick(sink, 0, 1, 2_000_000, 30_000);
        fixture.tick(sink, 1, 1, 3_000_000, 40_000);
        sink.offerLatency(Measure.REPLICATION_PASS, 5_000_000);
        fixture.clocks.advanceMs(1000);
        fixture.pipeline().doWork();
        fixture.tick(sink, 0, 2, 7_000_000, 30_000);
        fixture.clocks.advanceMs(400);

        fixture.pipeline().onClose();

        final List<Histogram> read = read(file);
        assertThat(read).extracting(Histogram::getTag).containsExactly("partition-0.tick", "partition-0.lateness", "partition-1.tick",
            "partition-1.lateness", "replication_pass", "partition-0.tick", "partition-0.lateness");
        assertThat(read.get(0).getMaxValue()).isCloseTo(2_000_000, within(2_000L));
        assertThat(read.get(0).getStartTimeStamp()).isEqualTo(ManualClocks.START_MS);
        assertThat(read.get(0).getEndTimeStamp()).isEqualTo(ManualClocks.START_MS + 1000);
        assertThat(read.get(4).getMaxValue()).isCloseTo(5_000_000, within(5_000L));
        assertThat(read.get(5).getTotalCount()).isEqualTo(1);
        assertThat(read.get(5).getEndTimeStamp()).isEqualTo(ManualClocks.START_MS + 1400);
        assertThat(Files.readString(file)).startsWith("#[Orrery telemetry. Values are nanoseconds");
    }

    @Test
    void shouldLeaveWholeIntervalsBehindWithoutAClose() throws IOException {
        final Path file = folder.resolve("server.hlog");
        fixture.context.histogramLog(file);
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");

        fixture.run(sink, 0, 60, 1_000);

        assertThat(read(file)).hasSize(6).allSatisfy(histogram -> assertThat(histogram.getTotalCount()).isEqualTo(20));
    }

    @Test
    void shouldNotDependOnTheLocale() throws IOException {
        final Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            final Path file = folder.resolve("server.hlog");
            fixture.context.histogramLog(file);

            fixture.run(fixture.pipeline().newSink("world-0"), 0, 20, 1_234_567);

            assertThat(read(file)).hasSize(2);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldCountAFullDiskAndGoOn() {
        fixture.context.histogramLog(Path.of("/dev/full"));
        final TelemetrySink sink = fixture.pipeline().newSink("world-0");

        fixture.run(sink, 0, 60, 1_000);

        assertThat(fixture.pipeline().snapshot().queues().faultCount()).isPositive();
        assertThat(fixture.pipeline().snapshot().sequence()).isEqualTo(3);
    }

    private static List<Histogram> read(final Path file) throws IOException {
        final List<Histogram> read = new ArrayList<>();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram next = reader.nextIntervalHistogram(); next != null; next = reader.nextIntervalHistogram()) {
                read.add((Histogram) next);
            }
        }
        return read;
    }
}
