package io.orrery.platform.agent;

import io.orrery.platform.config.Ranges;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns SIGINT (Ctrl-C), SIGTERM and the program's own wish to end into one latch, and keeps the process alive until the main thread has
 * drained, for a bounded time.
 *
 * <p>Used by the main thread: {@link #install(long)}, wait, drain, {@link #close()}, then leave with an exit code of its own.
 *
 * <p>Guarantees (G1) after the first signal the process lives until {@code close} or the drain limit, whichever is first; at the limit it
 * ends with {@link #EXIT_CODE_LATE} and says so; (G2) a second signal ends it at once, with 128 + the signal's number; (G3) where signals
 * cannot be taken from the JVM, and when somebody else ends the process, a shutdown hook does the same within the same limit, with the
 * JVM's exit code.
 */
public final class Shutdown implements AutoCloseable {
    /** Longest drain limit accepted, in milliseconds. */
    public static final long DRAIN_LIMIT_MAX_MS = 600_000;
    /** Exit code when draining took too long. */
    public static final int EXIT_CODE_LATE = 1;
    private static final int EXIT_CODE_SIGNALLED = 128;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    private final long drainLimitMs;
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch drained = new CountDownLatch(1);
    private final AtomicInteger signalCount = new AtomicInteger();
    private final Thread hook = new Thread(this::onJvmEnding, "shutdown");
    private ProcessSignals signals;

    private Shutdown(final long drainLimitMs) {
        this.drainLimitMs = Ranges.check("drainLimitMs", drainLimitMs, 1, DRAIN_LIMIT_MAX_MS);
    }

    /**
     * Begins to take signals.
     *
     * @param drainLimitMs milliseconds from a signal until the process is ended even if the main thread is not done, 1 to
     *     {@link #DRAIN_LIMIT_MAX_MS}.
     * @return the latch; the caller closes it when it has drained.
     */
    public static Shutdown install(final long drainLimitMs) {
        final Shutdown shutdown = new Shutdown(drainLimitMs);
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        shutdown.signals = ProcessSignals.handle(shutdown::onSignal);
        return shutdown;
    }

    /** Asks the main thread to drain and end, as a signal would. May be called by any thread, any number of times. */
    public void request() {
        requested.countDown();
    }

    /**
     * Whether somebody asked for the end.
     *
     * @return true from the first signal or {@link #request()} on.
     */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits until somebody asks for the end.
     *
     * @throws InterruptedException if the waiting thread was interrupted.
     */
    public void await() throws InterruptedException {
        requested.await();
    }

    /**
     * Waits until somebody asks for the end, but no longer than a limit.
     *
     * @param limitMs milliseconds, from 0.
     * @return true if somebody asked; false if the limit passed first.
     * @throws InterruptedException if the waiting thread was interrupted.
     */
    public boolean await(final long limitMs) throws InterruptedException {
        return requested.await(limitMs, TimeUnit.MILLISECONDS);
    }

    /** Says that the main thread has drained: nothing waits for it any more, and signals do again what they did before. */
    @Override
    public void close() {
        request();
        drained.countDown();
        signals.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ending) {
            // The JVM is ending already and runs the hook, which finds that all is drained.
            return;
        }
    }

    private void onSignal(final String name) {
        if (signalCount.incrementAndGet() > 1) {
            Runtime.getRuntime().halt(EXIT_CODE_SIGNALLED + ("INT".equals(name) ? SIGINT : SIGTERM));
        }
        request();
        if (!isDrainedInTime()) {
            System.err.println("not drained within " + drainLimitMs + " ms of SIG" + name + ", ended");
            Runtime.getRuntime().halt(EXIT_CODE_LATE);
        }
    }

    private void onJvmEnding() {
        request();
        if (!isDrainedInTime()) {
            System.err.println("not drained within " + drainLimitMs + " ms, ended");
        }
    }

    private boolean isDrainedInTime() {
        try {
            return drained.await(drainLimitMs, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
