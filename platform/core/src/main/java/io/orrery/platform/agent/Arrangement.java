package io.orrery.platform.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.CloseHelper;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;

/**
 * The agents of one server on their threads: the same agents run each group on its thread, a role on one thread, or stepped by a test.
 *
 * <p>Calling thread: the launcher's, never one of its own agents'. Life: from {@link #launch(ArrangementContext)} to {@link #close()}.
 *
 * <p>Guarantees (G1) when {@code launch} returns every agent has started; when it throws, none is left running; (G2) groups start from the
 * end of the flow upwards and close from its source downwards, each joined before the next; (G3) close tries every group, and throws the
 * first failure with the rest attached; (G4) close may be called again and then does nothing.
 */
public final class Arrangement implements AutoCloseable {
    private final List<AgentPart> parts;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Arrangement(final List<AgentPart> parts) {
        this.parts = parts;
    }

    /**
     * Starts every agent.
     *
     * @param context concluded.
     * @return the running arrangement; the caller closes it.
     * @throws RuntimeException what an agent threw when it was started, or that it did not start in time; everything was closed again, and
     *     failures of that are attached. Checked exceptions of agents are thrown as they are.
     */
    public static Arrangement launch(final ArrangementContext context) {
        context.checkConcluded();
        final Arrangement arrangement = new Arrangement(partsOf(context));
        try {
            for (final AgentPart part : arrangement.parts.reversed()) {
                part.start();
            }
            return arrangement;
        } catch (final Throwable e) {
            arrangement.closeAfter(e);
            LangUtil.rethrowUnchecked(e);
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs every agent once on the calling thread, from the source of the flow downwards. For {@link ThreadPlan#INVOKER} only; under the
     * other plans the agents have threads and this does nothing.
     *
     * @return how much work was done; 0 when all were idle.
     */
    public int step() {
        int workCount = 0;
        for (final AgentPart part : parts) {
            workCount += part.step();
        }
        return workCount;
    }

    /**
     * Whether every group still works.
     *
     * @return false once a group was ended by an Error or by one of its agents, or when this is closed: the caller should close it.
     */
    public boolean isRunning() {
        for (final AgentPart part : parts) {
            if (!part.isRunning()) {
                return false;
            }
        }
        return !isClosed.get();
    }

    /**
     * Ends every group from the source of the flow downwards, each joined before the next is told. What is still queued for an agent it
     * drains in its own {@code onClose}.
     *
     * @throws RuntimeException the first failure, with the rest attached; every group was tried. Checked exceptions of agents are thrown
     *     as they are.
     */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            CloseHelper.closeAll(parts);
        }
    }

    private void closeAfter(final Throwable failure) {
        try {
            close();
        } catch (final Throwable e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    private static List<AgentPart> partsOf(final ArrangementContext context) {
        final List<AgentPart> parts = new ArrayList<>();
        final Map<String, Integer> countByRole = new LinkedHashMap<>();
        for (final AgentGroup group : mergedGroups(context)) {
            final int index = countByRole.merge(group.role(), 1, Integer::sum) - 1;
            final String threadName = context.server() + "-" + group.role() + "-" + index;
            final GroupAgent agent = new GroupAgent(threadName, group.agents().toArray(new Agent[0]), context.errorHandler());
            parts.add(context.threadPlan() == ThreadPlan.INVOKER
                ? new InvokedPart(agent, context.errorHandler())
                : new ThreadPart(agent, group.idleStrategy(), context.errorHandler(), context.startLimitMs(), context.closeLimitMs()));
        }
        return parts;
    }

    private static List<AgentGroup> mergedGroups(final ArrangementContext context) {
        if (context.threadPlan() != ThreadPlan.SHARED) {
            return context.groups();
        }
        final Map<String, AgentGroup> groupByRole = new LinkedHashMap<>();
        for (final AgentGroup group : context.groups()) {
            groupByRole.merge(group.role(), group, Arrangement::merged);
        }
        return List.copyOf(groupByRole.values());
    }

    private static AgentGroup merged(final AgentGroup first, final AgentGroup second) {
        final List<Agent> agents = new ArrayList<>(first.agents());
        agents.addAll(second.agents());
        return new AgentGroup(first.role(), first.idleStrategy(), agents);
    }
}
