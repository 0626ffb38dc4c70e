package io.orrery.game.replication;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts of one replication agent.
 *
 * <p>Writing thread: the agent's. Any thread may read; values are those of a moment ago, each by itself.
 */
public final class ReplicationCounters {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int FRAMES = 0;
    private static final int FRAME_BYTES = 1;
    private static final int FRAMES_LOST = 2;
    private static final int BUDGET_OVERFLOWS = 3;
    private static final int INTEREST_OVERFLOWS = 4;
    private static final int CLIENTS = 5;
    private static final int HISTORY_OVERFLOWS = 6;
    private static final int COUNT = 7;

    private final long[] values = new long[COUNT];

    /**
     * Frames handed to the network thread.
     *
     * @return count since start.
     */
    public long frameCount() {
        return get(FRAMES);
    }

    /**
     * Bytes of those frames, before acknowledgement and encryption headers.
     *
     * @return bytes since start.
     */
    public long frameBytes() {
        return get(FRAME_BYTES);
    }

    /**
     * Frames lost because the network thread's inbox was full.
     *
     * @return count since start.
     */
    public long frameLostCount() {
        return get(FRAMES_LOST);
    }

    /**
     * Frames in which not everything had room.
     *
     * @return count since start.
     */
    public long budgetOverflowCount() {
        return get(BUDGET_OVERFLOWS);
    }

    /**
     * Entities not shown because a client knew as many as it can.
     *
     * @return count since start.
     */
    public long interestOverflowCount() {
        return get(INTEREST_OVERFLOWS);
    }

    /**
     * Entities not shown for want of room in the history of a partition, counted once for each view.
     *
     * @return count since start.
     */
    public long historyOverflowCount() {
        return get(HISTORY_OVERFLOWS);
    }

    /**
     * Clients served.
     *
     * @return now.
     */
    public long clientCount() {
        return get(CLIENTS);
    }

    void onFrame(final boolean isTaken, final int length) {
        if (isTaken) {
            set(FRAMES, values[FRAMES] + 1);
            set(FRAME_BYTES, values[FRAME_BYTES] + length);
        } else {
            set(FRAMES_LOST, values[FRAMES_LOST] + 1);
        }
    }

    void onPass(final long budgetOverflows, final long interestOverflows, final long historyOverflows, final int clients) {
        set(BUDGET_OVERFLOWS, budgetOverflows);
        set(INTEREST_OVERFLOWS, interestOverflows);
        set(HISTORY_OVERFLOWS, historyOverflows);
        set(CLIENTS, clients);
    }

    private long get(final int index) {
        return (long) VALUES.getOpaque(values, index);
    }

    private void set(final int index, final long value) {
        VALUES.setOpaque(values, index, value);
    }
}
