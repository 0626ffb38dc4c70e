package io.orrery.platform.agent;

/** One part of an {@link Arrangement}: a group of agents and whatever runs it. Called by the launcher's thread. */
interface AgentPart extends AutoCloseable {
    /** Starts the group's agents and returns once they are started; fails with what they threw. */
    void start() throws InterruptedException;

    /** Runs every agent once if this part has no thread; returns the work done. */
    int step();

    /** Whether the group still works. */
    boolean isRunning();

    /** Ends and closes the group's agents; fails with what they threw. */
    @Override
    void close();
}
