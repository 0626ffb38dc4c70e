package io.orrery.telemetry.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemSamplerTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadLinuxStatusLines() throws IOException {
        final Path status = folder.resolve("status");
        Files.writeString(status, "Name:\tjava\nVmPeak:\t 9 kB\nVmSize:\t 7654321 kB\nVmRSS:\t   12345 kB\nThreads:\t7\n");

        final SystemFigures figures = new SystemSampler(status).sample(0);

        assertThat(figures.virtualBytes()).isEqualTo(7_654_321L * 1024);
        assertThat(figures.physicalBytes()).isEqualTo(12_345L * 1024);
    }

    @Test
    void shouldFallBackToTheBeansElsewhere() {
        final SystemFigures figures = new SystemSampler(folder.resolve("none")).sample(0);

        assertThat(figures.virtualBytes()).isPositive();
        assertThat(figures.physicalBytes()).isPositive();
    }

    @Test
    void shouldTellBusyProcessors() {
        final SystemSampler sampler = new SystemSampler();
        final long startNs = System.nanoTime();
        sampler.sample(startNs);
        double sum = 0;
        while (System.nanoTime() - startNs < 100_000_000L) {
            sum += Math.sqrt(System.nanoTime());
        }

        final SystemFigures figures = sampler.sample(System.nanoTime());

        assertThat(sum).isPositive();
        assertThat(figures.cpuCores()).isPositive().isLessThan(Runtime.getRuntime().availableProcessors() + .5);
    }
}
