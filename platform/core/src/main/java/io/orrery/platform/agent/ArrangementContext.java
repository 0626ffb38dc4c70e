package io.orrery.platform.agent;

import io.orrery.platform.config.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Configuration of an {@link Arrangement}: which agents there are, in the order of the flow of data, and how they get threads.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class ArrangementContext {
    /** Milliseconds that a thread may take to start, or to stop, when nothing is said. */
    public static final long LIMIT_DEFAULT_MS = 5_000;
    /** Highest such limit accepted, in milliseconds. */
    public static final long LIMIT_MAX_MS = 600_000;
    private static final int IDLE_SPINS_MAX = 10;
    private static final int IDLE_YIELDS_MAX = 20;
    private static final long IDLE_PARK_MIN_NS = 1_000;
    private static final long IDLE_PARK_MAX_NS = 100_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final List<AgentGroup> groups = new ArrayList<>();
    private String server;
    private ThreadPlan threadPlan = ThreadPlan.SHARED;
    private ErrorHandler errorHandler;
    private long startLimitMs = LIMIT_DEFAULT_MS;
    private long closeLimitMs = LIMIT_DEFAULT_MS;
    private boolean isConcluded;

    /**
     * Sets the server's name, which begins the names of its threads.
     *
     * @param name lower case, digits, single dashes.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ArrangementContext server(final String name) {
        checkOpen();
        server = name;
        return this;
    }

    /**
     * Sets how groups are mapped to threads.
     *
     * @param plan never null.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ArrangementContext threadPlan(final ThreadPlan plan) {
        checkOpen();
        threadPlan = plan;
        return this;
    }

    /**
     * Sets who takes the faults of agents.
     *
     * @param handler never throws.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ArrangementContext errorHandler(final ErrorHandler handler) {
        checkOpen();
        errorHandler = handler;
        return this;
    }

    /**
     * Sets how long the agents of one thread may take to start.
     *
     * @param limitMs milliseconds, 1 to {@link #LIMIT_MAX_MS}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ArrangementContext startLimitMs(final long limitMs) {
        checkOpen();
        startLimitMs = limitMs;
        return this;
    }

    /**
     * Sets how long one thread may take to end its work and close its agents, before it is given up and reported as a failure.
     *
     * @param limitMs milliseconds, 1 to {@link #LIMIT_MAX_MS}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ArrangementContext closeLimitMs(final long limitMs) {
        checkOpen();
        closeLimitMs = limitMs;
        return this;
    }

    /**
     * Adds agents that run on one thread. Groups are added in the order of the flow of data, its source first: they are closed in that
     * order and started in the opposite one, so that whoever is sent something is there.
     *
     * @param role what the agents do; with the server's name and an index it names the thread.
     * @param agents at least one, owned by the arrangement from now on.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ArrangementContext group(final String role, final Agent... agents) {
        return group(role, new BackoffIdleStrategy(IDLE_SPINS_MAX, IDLE_YIELDS_MAX, IDLE_PARK_MIN_NS, IDLE_PARK_MAX_NS), agents);
    }

    /**
     * Adds agents that run on one thread, which idles in a way of its own. Where groups share a thread, the first one's way counts.
     *
     * @param role what the agents do; with the server's name and an index it names the thread.
     * @param idleStrategy not used for any other group.
     * @param agents at least one, owned by the arrangement from now on.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public ArrangementContext group(final String role, final IdleStrategy idleStrategy, final Agent... agents) {
        checkOpen();
        groups.add(new AgentGroup(role, idleStrategy, List.of(agents)));
        return this;
    }

    /**
     * Checks every value, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and what is allowed; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public ArrangementContext conclude() {
        checkOpen();
        checkName("server", server);
        Ranges.required("threadPlan", threadPlan);
        Ranges.required("errorHandler", errorHandler);
        Ranges.check("startLimitMs", startLimitMs, 1, LIMIT_MAX_MS);
        Ranges.check("closeLimitMs", closeLimitMs, 1, LIMIT_MAX_MS);
        for (final AgentGroup group : groups) {
            checkName("role", group.role());
            Ranges.required("idleStrategy of " + group.role(), group.idleStrategy());
            Ranges.check("agents of " + group.role(), group.agents().size(), 1, Integer.MAX_VALUE);
        }
        isConcluded = true;
        return this;
    }

    String server() {
        return server;
    }

    ThreadPlan threadPlan() {
        return threadPlan;
    }

    ErrorHandler errorHandler() {
        return errorHandler;
    }

    long startLimitMs() {
        return startLimitMs;
    }

    long closeLimitMs() {
        return closeLimitMs;
    }

    List<AgentGroup> groups() {
        return List.copyOf(groups);
    }

    void checkConcluded() {
        if (!isConcluded) {
            throw new IllegalStateException("ArrangementContext is not concluded");
        }
    }

    private static void checkName(final String property, final String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(property + "=" + name + ", must be lower case letters, digits and single dashes");
        }
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("ArrangementContext is concluded");
        }
    }
}
