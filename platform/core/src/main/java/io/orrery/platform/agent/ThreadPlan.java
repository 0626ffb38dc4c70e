package io.orrery.platform.agent;

/** How the groups of an {@link Arrangement} are mapped to threads. Agents behave the same under each. */
public enum ThreadPlan {
    /** Each group has a thread of its own. */
    DEDICATED,
    /** All groups of one role share a thread, for small machines. */
    SHARED,
    /** No thread: whoever calls {@link Arrangement#step()} runs every agent once, for tests. */
    INVOKER
}
