package io.orrery.app.demo;

import io.orrery.app.DemoOptions;
import io.orrery.app.DemoRunner;
import io.orrery.app.EnvironmentException;
import io.orrery.app.ExitCode;
import io.orrery.platform.agent.Shutdown;
import io.orrery.platform.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/**
 * Runs the demo: starts the servers and the bots, tells how it goes once a second, drains, and reports.
 *
 * <p>Runs on the main thread.
 */
public final class LocalDemo implements DemoRunner {
    private static final long SECOND_NS = 1_000_000_000L;
    /** Time after the ramp in which what only starting causes may pass, before figures count. */
    private static final long SETTLE_NS = 2 * SECOND_NS;

    /** Creates a runner; {@code ServiceLoader} calls this. */
    public LocalDemo() {
    }

    @Override
    public int run(final DemoOptions options, final PrintWriter out) throws IOException, InterruptedException {
        try (Shutdown shutdown = Shutdown.install(options.drainLimitMs())) {
            final DemoProgress progress;
            try (DemoWorld world = newWorld(options)) {
                progress = newProgress(options, world, out);
                progress.onReady();
                follow(options, world, progress, shutdown);
                world.drain(options.drainLimitMs());
            }
            return progress.onEnd() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** A port, a file or a folder that cannot be had is the environment's; settings that do not fit each other are the user's. */
    private static DemoWorld newWorld(final DemoOptions options) {
        try {
            return new DemoWorld(options);
        } catch (final IOException | UncheckedIOException e) {
            throw new EnvironmentException(e.getMessage(), e);
        } catch (final IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private static DemoProgress newProgress(final DemoOptions options, final DemoWorld world, final PrintWriter out) {
        try {
            return new DemoProgress(options, world, out);
        } catch (final IOException e) {
            throw new EnvironmentException(e.getMessage(), e);
        }
    }

    private static void follow(
        final DemoOptions options, final DemoWorld world, final DemoProgress progress, final Shutdown shutdown)
        throws InterruptedException {
        final long startNs = System.nanoTime();
        final boolean isEndless = options.durationNs() == DemoOptions.DURATION_UNTIL_ASKED_NS;
        final long plateauNs = isEndless
            ? options.rampNs() + SETTLE_NS
            : Math.min(options.rampNs() + SETTLE_NS, options.rampNs() + (options.durationNs() - options.rampNs()) / 2);
        boolean isPlateau = false;
        long nextNs = startNs + SECOND_NS;
        while (true) {
            final long endNs = isEndless ? nextNs : Math.min(nextNs, startNs + options.durationNs());
            final boolean isAsked = shutdown.await(TimeUnit.NANOSECONDS.toMillis(Math.max(0, endNs - System.nanoTime())) + 1);
            final long elapsedNs = System.nanoTime() - startNs;
            progress.onSecond(elapsedNs, isPlateau);
            if (!isPlateau && elapsedNs >= plateauNs) {
                isPlateau = true;
                progress.onPlateau();
            }
            if (isAsked || !isEndless && elapsedNs >= options.durationNs() || !world.isRunning()) {
                return;
            }
            nextNs += SECOND_NS;
        }
    }
}
