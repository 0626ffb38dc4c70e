package io.orrery.platform.agent;

import org.agrona.ErrorHandler;
import org.agrona.LangUtil;
import org.agrona.concurrent.AgentInvoker;

/** A group of agents without a thread: it works when {@link #step()} is called, on the caller's thread. */
final class InvokedPart implements AgentPart {
    private final GroupAgent group;
    private final AgentInvoker invoker;

    InvokedPart(final GroupAgent group, final ErrorHandler errorHandler) {
        this.group = group;
        invoker = new AgentInvoker(errorHandler, null, group);
    }

    @Override
    public void start() {
        invoker.start();
        if (group.startFailure() != null) {
            LangUtil.rethrowUnchecked(group.startFailure());
        }
    }

    @Override
    public int step() {
        return invoker.invoke();
    }

    @Override
    public boolean isRunning() {
        return !group.isEnded();
    }

    @Override
    public void close() {
        invoker.close();
        if (group.closeFailure() != null) {
            LangUtil.rethrowUnchecked(group.closeFailure());
        }
    }
}
