package io.orrery.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PercentileTableTest {
    @Test
    void shouldAlignNumbersOfDifferentLength() {
        final Histogram many = new Histogram(3);
        for (int i = 1; i <= 10_000; i++) {
            many.recordValue(i * 1_000L);
        }
        final PercentileTable table = new PercentileTable().add("partition-0.tick", many).add("connect", new Histogram(3))
            .add(new PercentileTable.Row("x", 1, 1, 2, 3, 4, 5, 1_234_567_890L));

        assertThat(table.text()).isEqualTo("""
            microseconds       count      p50      p90      p99    p99.9    p99.99          max
            partition-0.tick  10,000  5,001.2  9,003.0  9,904.1  9,994.2  10,002.4     10,002.4
            connect                0        -        -        -        -         -            -
            x                      1      0.0      0.0      0.0      0.0       0.0  1,234,567.9
            """);
    }
}
