package io.orrery.platform.agent;

import org.agrona.ErrorHandler;
import org.agrona.LangUtil;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;

/** A group of agents on a thread of its own. Called by the launcher's thread. */
final class ThreadPart implements AgentPart {
    private final GroupAgent group;
    private final AgentRunner runner;
    private final long startLimitMs;
    private final long closeLimitMs;

    ThreadPart(final GroupAgent group, final IdleStrategy idleStrategy, final ErrorHandler errorHandler,
               final long startLimitMs, final long closeLimitMs) {
        this.group = group;
        runner = new AgentRunner(idleStrategy, errorHandler, null, group);
        this.startLimitMs = startLimitMs;
        this.closeLimitMs = closeLimitMs;
    }

    @Override
    public void start() throws InterruptedException {
        AgentRunner.startOnThread(runner);
        if (!group.awaitStarted(startLimitMs)) {
            throw new IllegalStateException(group.roleName() + " did not start within " + startLimitMs + " ms");
        }
        if (group.startFailure() != null) {
            LangUtil.rethrowUnchecked(group.startFailure());
        }
    }

    @Override
    public int step() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return !group.isEnded();
    }

    /** Asks the thread to end, half of the limit later interrupts it, and at the limit gives it up. */
    @Override
    public void close() {
        final int halfLimitMs = (int) Math.max(1, closeLimitMs / 2);
        final StopWaiter waiter = new StopWaiter();
        runner.close(halfLimitMs, waiter::onLate);
        if (group.closeFailure() != null) {
            LangUtil.rethrowUnchecked(group.closeFailure());
        }
    }

    /** Lets a late thread be interrupted once, then gives it up, saying where it is. */
    private final class StopWaiter {
        private int lateCount;

        private void onLate(final Thread thread) {
            lateCount++;
            if (lateCount > 1) {
                final StackTraceElement[] frames = thread.getStackTrace();
                final String place = frames.length == 0 ? "" : ", is at " + frames[0];
                throw new IllegalStateException(thread.getName() + " did not stop within " + closeLimitMs + " ms" + place);
            }
        }
    }
}
