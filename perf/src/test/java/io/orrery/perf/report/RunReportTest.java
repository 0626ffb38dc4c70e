package io.orrery.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class RunReportTest {
    @Test
    void shouldWriteSample() throws IOException {
        assertThat(new ReportFixture().report(Path.of("target/sample-report")).write()).exists();
    }
}
