package io.orrery.platform.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Runs the agents of one thread in turn, and keeps what went wrong at their start and close for the launcher.
 *
 * <p>Writing thread: the one that runs it. The launcher reads the start failure after {@link #awaitStarted(long)} and the close failure
 * after it has joined that thread.
 *
 * <p>Guarantees (G1) an exception of one agent goes to the error handler and the others go on; (G2) an Error or an
 * AgentTerminationException ends the whole group, whose agents are closed all the same; (G3) every agent is started and closed once, also
 * when another one fails to.
 */
final class GroupAgent implements Agent {
    private final String threadName;
    private final Agent[] agents;
    private final ErrorHandler errorHandler;
    private final CountDownLatch started = new CountDownLatch(1);
    private Throwable startFailure;
    private Throwable closeFailure;
    private volatile boolean isEnded;

    GroupAgent(final String threadName, final Agent[] agents, final ErrorHandler errorHandler) {
        this.threadName = threadName;
        this.agents = agents.clone();
        this.errorHandler = errorHandler;
    }

    @Override
    public void onStart() {
        for (final Agent agent : agents) {
            try {
                agent.onStart();
            } catch (final Throwable e) {
                startFailure = joined(startFailure, e);
            }
        }
        started.countDown();
        if (startFailure != null) {
            isEnded = true;
            throw new AgentTerminationException(threadName + " did not start", startFailure);
        }
    }

    @Override
    public int doWork() throws InterruptedException {
        int workCount = 0;
        for (final Agent agent : agents) {
            workCount += doWorkOf(agent);
        }
        return workCount;
    }

    @Override
    public void onClose() {
        isEnded = true;
        for (final Agent agent : agents) {
            try {
                agent.onClose();
            } catch (final Throwable e) {
                closeFailure = joined(closeFailure, e);
            }
        }
    }

    @Override
    public String roleName() {
        return threadName;
    }

    /** Waits until every agent was started. False if they were not in time. */
    boolean awaitStarted(final long limitMs) throws InterruptedException {
        return started.await(limitMs, TimeUnit.MILLISECONDS);
    }

    /** What agents threw when they were started, the first one with the others attached; null if nothing. */
    Throwable startFailure() {
        return startFailure;
    }

    /** What agents threw when they were closed, the first one with the others attached; null if nothing. */
    Throwable closeFailure() {
        return closeFailure;
    }

    /** Whether the group works no more. */
    boolean isEnded() {
        return isEnded;
    }

    private int doWorkOf(final Agent agent) throws InterruptedException {
        try {
            return agent.doWork();
        } catch (final InterruptedException | AgentTerminationException e) {
            isEnded = true;
            throw e;
        } catch (final Error e) {
            isEnded = true;
            throw new AgentTerminationException(threadName + " ended by its agent " + agent.roleName(), e);
        } catch (final Exception e) {
            errorHandler.onError(e);
            return 0;
        }
    }

    private static Throwable joined(final Throwable first, final Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }
}
