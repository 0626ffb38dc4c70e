package io.orrery.transport.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * The deadlines and byte counts of one connection.
 *
 * <p>Written by the connection's own thread and the watching thread, under this object's monitor. Life: from the accepted socket to its
 * close. Guarantees (G1) no phase outlasts its deadline by more than a watch period; (G2) once expired, nothing of the connection is
 * handled any more.
 */
final class ConnectionGuard {
    /** Time for a 408 to reach its client before the socket is closed. */
    private static final long EXPIRED_LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(250);
    /** A chunked body may take this many times its length on the wire: chunks of one byte take six. */
    private static final int CHUNK_OVERHEAD_FACTOR = 8;
    private static final int CHUNK_OVERHEAD_BYTES = 65_536;
    private static final ThreadLocal<ConnectionGuard> CURRENT = new ThreadLocal<>();

    private final ConnectionTable table;
    private final InetAddress address;
    private final Closer closer;
    private ConnectionPhase phase;
    private long deadlineNs;
    private long bodyBytes;
    private long bodyBytesMax;
    private Runnable expiry;
    private boolean isFlooded;
    private boolean isLingerWanted;

    /** Ends the socket from another thread. */
    interface Closer {
        /** Closes the socket without any farewell. */
        void close() throws IOException;

        /** Whether it is closed already. */
        boolean isClosed();

        /** Tells the peer that nothing more will come. */
        void shutdownOutput() throws IOException;
    }

    ConnectionGuard(final ConnectionTable table, final InetAddress address, final Closer closer, final ConnectionPhase phase,
        final long limitNs) {
        this.table = table;
        this.address = address;
        this.closer = closer;
        this.phase = phase;
        deadlineNs = table.nowNs() + limitNs;
    }

    static ConnectionGuard current() {
        return CURRENT.get();
    }

    static void current(final ConnectionGuard guard) {
        if (guard == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(guard);
        }
    }

    InetAddress address() {
        return address;
    }

    /** What sends 408 when headers or body are overdue. */
    synchronized void onExpiry(final Runnable action) {
        expiry = action;
    }

    /** Goes on to another phase; false if the connection expired meanwhile and must be left alone. */
    synchronized boolean enter(final ConnectionPhase next, final long limitMs) {
        if (phase == ConnectionPhase.EXPIRED || phase == ConnectionPhase.CLOSED) {
            return false;
        }
        phase = next;
        deadlineNs = table.nowNs() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        return true;
    }

    /** Goes on to reading a body of at most so many bytes. */
    synchronized boolean enterBody(final long bytesMax, final long limitMs) {
        bodyBytes = 0;
        bodyBytesMax = bytesMax * CHUNK_OVERHEAD_FACTOR + CHUNK_OVERHEAD_BYTES;
        return enter(ConnectionPhase.BODY, limitMs);
    }

    /** Takes note of bytes that came in; false if the connection must read no further. */
    synchronized boolean onBytes(final int count, final long headersLimitMs) {
        if (phase == ConnectionPhase.IDLE) {
            return enter(ConnectionPhase.HEADERS, headersLimitMs);
        }
        if (phase == ConnectionPhase.BODY) {
            bodyBytes += count;
            isFlooded |= bodyBytes > bodyBytesMax;
        }
        return phase != ConnectionPhase.EXPIRED && phase != ConnectionPhase.CLOSED && !isFlooded;
    }

    synchronized boolean isFlooded() {
        return isFlooded;
    }

    synchronized boolean isExpired() {
        return phase == ConnectionPhase.EXPIRED || phase == ConnectionPhase.CLOSED;
    }

    synchronized void wantLinger() {
        isLingerWanted = true;
    }

    synchronized boolean isLingerWanted() {
        return isLingerWanted;
    }

    void shutdownOutput() {
        try {
            closer.shutdownOutput();
        } catch (final IOException | RuntimeException e) {
            close(); // the peer is gone: nothing is left to be said
        }
    }

    /** Closes the socket, whatever it is doing. */
    void close() {
        synchronized (this) {
            phase = ConnectionPhase.CLOSED;
        }
        try {
            closer.close();
        } catch (final IOException | RuntimeException e) {
            table.on(HttpEvent.CLIENT_GONE); // closed or reset by the peer in the same moment
        } finally {
            table.remove(this);
        }
    }

    /** Called by the watching thread. */
    void watch(final long nowNs) {
        if (closer.isClosed()) {
            close();
            return;
        }
        final Runnable action;
        synchronized (this) {
            if (phase == ConnectionPhase.HANDLING || nowNs - deadlineNs < 0) {
                return;
            }
            if (phase.overdue() != null) {
                table.on(phase.overdue());
            }
            action = phase.isAnswerable() ? expiry : null;
            phase = action == null ? ConnectionPhase.CLOSED : ConnectionPhase.EXPIRED;
            deadlineNs = nowNs + EXPIRED_LIMIT_NS;
        }
        if (action == null) {
            close();
        } else {
            Thread.ofVirtual().name("http-expiry").start(action);
        }
    }
}
