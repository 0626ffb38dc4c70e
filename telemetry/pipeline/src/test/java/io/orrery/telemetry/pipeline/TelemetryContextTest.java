package io.orrery.telemetry.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryContextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ringCapacity      | 8          | ringCapacity=8, must be in 16..65536
        ringCapacity      | 131072     | ringCapacity=131072, must be in 16..65536
        ringCapacity      | 1000       | ringCapacity=1000, must be a power of two
        producerCapacity  | 0          | producerCapacity=0, must be in 1..1024
        partitionCapacity | 257        | partitionCapacity=257, must be in 1..256
        intervalNs        | 1000       | intervalNs=1000, must be in 100000000..60000000000
        """)
    void shouldNameValueAndBounds(final String name, final int value, final String message) {
        final TelemetryContext context = new TelemetryContext();
        switch (name) {
            case "ringCapacity" -> context.ringCapacity(value);
            case "producerCapacity" -> context.producerCapacity(value);
            case "partitionCapacity" -> context.partitionCapacity(value);
            default -> context.intervalNs(value);
        }

        assertThatThrownBy(context::conclude).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void shouldRefuseKindNamesThatMetricsCannotTellApart() {
        assertThatThrownBy(() -> new TelemetryContext().kindNames(List.of("npc", "npc")).conclude())
            .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("kindNames=npc, must be different");
        assertThatThrownBy(() -> new TelemetryContext().kindNames(List.of("a\"b")).conclude())
            .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("kindNames=a\"b, must ");
    }

    @Test
    void shouldBeFrozenOnceConcluded() {
        final TelemetryContext context = new TelemetryContext().conclude();

        assertThatThrownBy(() -> context.ringCapacity(16)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(context::conclude).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldRefuseAContextThatIsNotConcluded() {
        assertThatThrownBy(() -> new TelemetryPipeline(new TelemetryContext())).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("call conclude() first");
    }

    @Test
    void shouldNameTheHistogramLogThatCannotBeWritten() {
        final TelemetryContext context = new TelemetryContext().histogramLog(Path.of("/proc/no/such.hlog")).conclude();

        assertThatThrownBy(() -> new TelemetryPipeline(context))
            .hasMessageStartingWith("histogramLog=/proc/no/such.hlog, cannot be written: ");
    }
}
