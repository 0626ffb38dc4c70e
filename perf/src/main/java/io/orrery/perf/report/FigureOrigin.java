package io.orrery.perf.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;

/**
 * Where a figure comes from: what anybody needs to measure it again.
 *
 * @param command as typed in the project's root folder.
 * @param commit of the sources, short; ends in {@code +} if they were changed since.
 * @param jdk name and version of the virtual machine.
 * @param machine processors, memory, system; no names of hosts or users.
 * @param date of the measurement, {@code yyyy-mm-dd}.
 */
public record FigureOrigin(String command, String commit, String jdk, String machine, String date) {
    private static final String UNKNOWN = "unknown";
    private static final long BYTES_PER_GIB = 1L << 30;
    private static final long GIT_TIMEOUT_S = 10;

    /**
     * Describes a measurement on this machine with this virtual machine.
     *
     * @param root the project's root folder, asked for its commit; without Git the commit is {@code unknown}.
     * @param command as typed there.
     * @param date today, given so that a test can choose it.
     * @return the origin.
     */
    public static FigureOrigin here(final Path root, final String command, final LocalDate date) {
        return new FigureOrigin(command, commitOf(root), System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
            thisMachine(), date.toString());
    }

    private static String thisMachine() {
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        final long gibibytes = Math.round((double) system.getTotalMemorySize() / BYTES_PER_GIB);
        return String.format(Locale.ROOT, "%d x %s, %d GiB, %s %s", Runtime.getRuntime().availableProcessors(), processor(), gibibytes,
            System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    private static String processor() {
        try {
            for (final String line : Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (final IOException | UncheckedIOException notLinux) {
            return "processor";
        }
        return "processor";
    }

    private static String commitOf(final Path root) {
        final String hash = git(root, "rev-parse", "--short=12", "HEAD");
        if (hash.isEmpty()) {
            return UNKNOWN;
        }
        return git(root, "status", "--porcelain", "--untracked-files=no").isEmpty() ? hash : hash + "+";
    }

    private static String git(final Path root, final String... arguments) {
        final String[] command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = root.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        try {
            final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(GIT_TIMEOUT_S, TimeUnit.SECONDS) && process.exitValue() == 0 ? output : "";
        } catch (final IOException noGit) {
            return "";
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
