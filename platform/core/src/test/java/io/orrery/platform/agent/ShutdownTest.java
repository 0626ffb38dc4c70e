package io.orrery.platform.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals end a process, so each test runs {@link ShutdownMain} in a JVM of its own. */
@Timeout(30)
class ShutdownTest {
    private Process process;

    @AfterEach
    void endProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void shouldDrainAndLeaveWithItsOwnExitCodeWhenSignalled(final String signal) throws Exception {
        final BufferedReader output = started("drains", 10_000);

        send(signal);

        assertThat(process.waitFor()).isEqualTo(7);
        assertThat(output.lines()).containsExactly("drained");
    }

    @Test
    void shouldDrainWhenTheProgramItselfEnds() throws Exception {
        final BufferedReader output = started("exits", 10_000);

        assertThat(process.waitFor()).as("G3").isEqualTo(9);
        assertThat(output.lines()).containsExactly("drained");
    }

    @Test
    void shouldEndAndSaySoWhenDrainingTakesTooLong() throws Exception {
        final BufferedReader output = started("hangs", 100);

        send("TERM");

        assertThat(process.waitFor()).as("G1").isEqualTo(Shutdown.EXIT_CODE_LATE);
        assertThat(output.lines()).containsExactly("draining", "not drained within 100 ms of SIGTERM, ended");
    }

    @Test
    void shouldEndAtOnceWhenSignalledTwice() throws Exception {
        final BufferedReader output = started("hangs", 20_000);
        send("TERM");
        assertThat(output.readLine()).isEqualTo("draining");

        send("TERM");

        assertThat(process.waitFor()).as("G2").isEqualTo(143);
    }

    @Test
    void shouldWaitForARequestOfTheProgram() throws Exception {
        try (Shutdown shutdown = Shutdown.install(1_000)) {
            assertThat(shutdown.await(0)).isFalse();
            shutdown.request();

            shutdown.await();

            assertThat(shutdown.isRequested()).isTrue();
        }
        assertThatThrownBy(() -> Shutdown.install(0)).hasMessage("drainLimitMs=0, must be in 1..600000");
    }

    private BufferedReader started(final String behaviour, final int drainLimitMs) throws IOException {
        process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-XX:TieredStopAtLevel=1",
            "-cp", System.getProperty("java.class.path"), ShutdownMain.class.getName(), behaviour, Integer.toString(drainLimitMs)))
            .redirectErrorStream(true).start();
        final BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        assertThat(output.readLine()).isEqualTo("ready");
        return output;
    }

    private void send(final String signal) throws IOException, InterruptedException {
        final Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
        assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }
}
