package io.orrery.game.ingress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts of the ingress.
 *
 * <p>Writing thread: {@code net-io}. Any thread may read; values are those of a moment ago, each by itself.
 */
public final class IngressCounters {
    static final int CLIENTS = 0;
    static final int COMMANDS = 1;
    static final int COMMANDS_FULL = 2;
    static final int MALFORMED = 3;
    static final int REFUSED = 4;
    static final int STALE_EPOCH = 5;
    static final int ACKS_LOST = 6;
    private static final int COUNT = 7;
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values = new long[COUNT];

    /**
     * Connected clients.
     *
     * @return now.
     */
    public long clientCount() {
        return get(CLIENTS);
    }

    /**
     * Commands handed to partitions, repetitions included.
     *
     * @return count since start.
     */
    public long commandCount() {
        return get(COMMANDS);
    }

    /**
     * Commands that a partition's full inbox did not take; clients send them again.
     *
     * @return count since start.
     */
    public long commandFullCount() {
        return get(COMMANDS_FULL);
    }

    /**
     * Messages that could not be read.
     *
     * @return count since start.
     */
    public long malformedCount() {
        return get(MALFORMED);
    }

    /**
     * Clients that were told to go.
     *
     * @return count since start.
     */
    public long refusedCount() {
        return get(REFUSED);
    }

    /**
     * Connection attempts with a token of an earlier start of this server, or of an unknown layout.
     *
     * @return count since start.
     */
    public long staleEpochCount() {
        return get(STALE_EPOCH);
    }

    /**
     * Acknowledgements that a full replication inbox did not take.
     *
     * @return count since start.
     */
    public long ackLostCount() {
        return get(ACKS_LOST);
    }

    void add(final int index, final long delta) {
        VALUES.setOpaque(values, index, values[index] + delta);
    }

    private long get(final int index) {
        return (long) VALUES.getOpaque(values, index);
    }
}
