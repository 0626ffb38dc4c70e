package io.orrery.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line in a process of its own, with the class path of this one. */
final class DemoProcess implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("orrery.root"));
    private static final Path PROCESS_STATUS = Path.of("/proc/self/status");
    private static final Pattern IGNORED_SIGNALS = Pattern.compile("SigIgn:\\s*([0-9a-f]+)");
    private static final int SIGINT_BIT = 1 << 1;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final Process process;
    private final Path outFile;
    private final Path errFile;

    DemoProcess(final Path workFolder, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + ROOT.resolve("jvm.flags"), "-Xmx512m", "-ea",
            "-cp", System.getProperty("java.class.path"), "io.orrery.app.Main"));
        command.addAll(List.of(arguments));
        outFile = Files.createTempFile(workFolder, "out", ".txt");
        errFile = Files.createTempFile(workFolder, "err", ".txt");
        process = new ProcessBuilder(command).directory(workFolder.toFile())
            .redirectOutput(outFile.toFile()).redirectError(errFile.toFile()).start();
    }

    String out() {
        return read(outFile);
    }

    String err() {
        return read(errFile);
    }

    /** Waits for a part of the output; a process that ends without it fails the test at once. */
    Matcher awaitOut(final Pattern pattern, final Duration limit) {
        await().atMost(limit).pollInterval(POLL_INTERVAL).until(() -> pattern.matcher(out()).find() || !process.isAlive());
        final Matcher matcher = pattern.matcher(out());
        assertThat(matcher.find()).as("%s in%n%s%n%s", pattern, out(), err()).isTrue();
        return matcher;
    }

    int awaitExit(final Duration limit) throws InterruptedException {
        final boolean isEnded = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(isEnded).as("ends within %s:%n%s%n%s", limit, out(), err()).isTrue();
        return process.exitValue();
    }

    /** Sends what Ctrl-C sends; what a service manager sends where SIGINT is ignored by this process, and so by all its children. */
    void interrupt() throws IOException, InterruptedException {
        final String signal = isInterruptIgnored() ? "TERM" : "INT";
        final Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static boolean isInterruptIgnored() throws IOException {
        if (!Files.exists(PROCESS_STATUS)) {
            return false;
        }
        final Matcher ignored = IGNORED_SIGNALS.matcher(Files.readString(PROCESS_STATUS));
        return ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) & SIGINT_BIT) != 0;
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
