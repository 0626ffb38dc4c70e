package io.orrery.transport.netcode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What went through one owner of sockets, counted since start.
 *
 * <p>Writing thread: the owner's, and no other. Any thread may read: values are opaque, so never torn and never going back, but two
 * counters read together may be of two moments. Memory: fixed.
 */
public final class NetCounters {
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int DATAGRAMS_RECEIVED = 0;
    private static final int BYTES_RECEIVED = 1;
    private static final int DATAGRAMS_SENT = 2;
    private static final int BYTES_SENT = 3;
    private static final int SEND_FAILURES = 4;
    private static final int RECEIVE_FAILURES = 5;
    private static final int CONNECTS = 6;
    private static final int PAYLOADS_RECEIVED = 7;
    private static final int PAYLOADS_SENT = 8;
    private static final int REFUSED = 9;
    private static final int REFUSAL_COUNT = RefusalReason.values().length;
    private static final int DISCONNECTS = REFUSED + REFUSAL_COUNT;
    private static final int COUNT = DISCONNECTS + DisconnectReason.values().length;

    private final long[] values = new long[COUNT];

    /**
     * Datagrams that came in, good and bad.
     *
     * @return count since start.
     */
    public long datagramsReceived() {
        return get(DATAGRAMS_RECEIVED);
    }

    /**
     * Bytes of datagrams that came in, without the headers of UDP and IP.
     *
     * @return count since start.
     */
    public long bytesReceived() {
        return get(BYTES_RECEIVED);
    }

    /**
     * Datagrams that the socket took.
     *
     * @return count since start.
     */
    public long datagramsSent() {
        return get(DATAGRAMS_SENT);
    }

    /**
     * Bytes of datagrams that the socket took, without the headers of UDP and IP.
     *
     * @return count since start.
     */
    public long bytesSent() {
        return get(BYTES_SENT);
    }

    /**
     * Datagrams that the socket did not take; they are lost.
     *
     * @return count since start.
     */
    public long sendFailures() {
        return get(SEND_FAILURES);
    }

    /**
     * Receive calls that ended with an error.
     *
     * @return count since start.
     */
    public long receiveFailures() {
        return get(RECEIVE_FAILURES);
    }

    /**
     * Connections made.
     *
     * @return count since start.
     */
    public long connects() {
        return get(CONNECTS);
    }

    /**
     * Authentic payloads of connected peers.
     *
     * @return count since start.
     */
    public long payloadsReceived() {
        return get(PAYLOADS_RECEIVED);
    }

    /**
     * Payloads that the socket took.
     *
     * @return count since start.
     */
    public long payloadsSent() {
        return get(PAYLOADS_SENT);
    }

    /**
     * Datagrams, or parts of them, that were dropped.
     *
     * @param reason which.
     * @return count since start.
     */
    public long refused(final RefusalReason reason) {
        return get(REFUSED + reason.ordinal());
    }

    /**
     * Datagrams, or parts of them, that were dropped for any reason.
     *
     * @return count since start.
     */
    public long refusedTotal() {
        long sum = 0;
        for (int i = 0; i < REFUSAL_COUNT; i++) {
            sum += get(REFUSED + i);
        }
        return sum;
    }

    /**
     * Connections that ended.
     *
     * @param reason why.
     * @return count since start.
     */
    public long disconnects(final DisconnectReason reason) {
        return get(DISCONNECTS + reason.ordinal());
    }

    /**
     * Counts a datagram that came in. Owner's thread.
     *
     * @param bytes its length.
     */
    public void onDatagramReceived(final int bytes) {
        add(DATAGRAMS_RECEIVED, 1);
        add(BYTES_RECEIVED, bytes);
    }

    /**
     * Counts a datagram that the socket took. Owner's thread.
     *
     * @param bytes its length.
     */
    public void onDatagramSent(final int bytes) {
        add(DATAGRAMS_SENT, 1);
        add(BYTES_SENT, bytes);
    }

    /** Counts a datagram that the socket did not take. Owner's thread. */
    public void onSendFailed() {
        add(SEND_FAILURES, 1);
    }

    /** Counts a receive call that ended with an error. Owner's thread. */
    public void onReceiveFailed() {
        add(RECEIVE_FAILURES, 1);
    }

    /**
     * Counts something dropped. Owner's thread.
     *
     * @param reason why.
     */
    public void onRefused(final RefusalReason reason) {
        add(REFUSED + reason.ordinal(), 1);
    }

    void onConnected() {
        add(CONNECTS, 1);
    }

    void onDisconnected(final DisconnectReason reason) {
        add(DISCONNECTS + reason.ordinal(), 1);
    }

    void onPayloadReceived() {
        add(PAYLOADS_RECEIVED, 1);
    }

    void onPayloadSent() {
        add(PAYLOADS_SENT, 1);
    }

    private long get(final int index) {
        return (long) LONGS.getOpaque(values, index);
    }

    private void add(final int index, final long increment) {
        LONGS.setOpaque(values, index, values[index] + increment);
    }
}
