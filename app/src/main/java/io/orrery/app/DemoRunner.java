package io.orrery.app;

import java.io.IOException;
import java.io.PrintWriter;

/**
 * Runs the demo world: the seam between the command line and the wiring of servers and bots. Found by {@code ServiceLoader}; called on the
 * main thread, once.
 */
public interface DemoRunner {
    /**
     * Runs the demo until its duration is over or the process is asked to end, drains it and writes its report.
     *
     * @param options checked; both folders exist and can be written to.
     * @param out progress, live lines and the closing table; auto-flushed at line ends, plain ASCII, not closed.
     * @return {@link ExitCode#OK}, or {@link ExitCode#FAILED} if a bot saw a violation.
     * @throws EnvironmentException if the environment lacks something, such as a free port; nothing is left running.
     * @throws IOException if the report could not be written; nothing is left running.
     * @throws InterruptedException if the main thread was interrupted; nothing is left running.
     */
    int run(DemoOptions options, PrintWriter out) throws IOException, InterruptedException;
}
