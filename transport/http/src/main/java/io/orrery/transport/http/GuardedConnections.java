package io.orrery.transport.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stands between Helidon's listener and its HTTP/1.1: every byte read passes a {@link ConnectionGuard}, and a connection that is closed
 * on an error lingers until its client could read the answer.
 */
final class GuardedConnections implements ServerConnectionSelector {
    private static final long LINGER_LIMIT_MS = 500;
    private static final int LINGER_BYTES_MAX = 1 << 20;

    private final ServerConnectionSelector http1;
    private final ConnectionTable table;
    private final HttpLimits limits;

    GuardedConnections(final ServerConnectionSelector http1, final ConnectionTable table, final HttpLimits limits) {
        this.http1 = http1;
        this.table = table;
        this.limits = limits;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(final BufferData data) {
        return Support.SUPPORTED; // the only protocol spoken here: what it is not, it answers with 400
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(final ConnectionContext context) {
        ConnectionGuard guard = ConnectionGuard.current();
        if (guard == null) {
            final InetSocketAddress peer = (InetSocketAddress) context.remotePeer().address();
            guard = new ConnectionGuard(table, peer.getAddress(), new PlainCloser(context.serverSocket()), ConnectionPhase.IDLE,
                TimeUnit.MILLISECONDS.toNanos(limits.idleLimitMs()));
            if (!table.admit(guard)) {
                throw new CloseConnectionException("too many connections of one address");
            }
        } else if (!guard.enter(ConnectionPhase.IDLE, limits.idleLimitMs())) {
            throw new CloseConnectionException("handshake overdue");
        }
        guard.onExpiry(expiry(guard, context));
        return new Connection(guard, context, http1.connection(new Context(guard, context, limits.headersLimitMs())));
    }

    private static Runnable expiry(final ConnectionGuard guard, final ConnectionContext context) {
        return () -> {
            final byte[] body = new HttpProblem(408, "request-overdue", "The request was not complete in time", null)
                .toResponse("none").body();
            final byte[] head = ("HTTP/1.1 408 Request Timeout\r\nContent-Type: " + HttpProblem.MEDIA_TYPE + "\r\nContent-Length: "
                + body.length + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            final BufferData answer = BufferData.growing(head.length + body.length);
            answer.write(head);
            answer.write(body);
            try {
                context.dataWriter().writeNow(answer);
                guard.shutdownOutput();
            } catch (final RuntimeException e) {
                guard.close(); // the client is gone, or takes nothing
            }
        };
    }

    /** A connection without TLS; Helidon's socket is all there is of it. */
    private static final class PlainCloser implements ConnectionGuard.Closer {
        private final HelidonSocket socket;

        private PlainCloser(final HelidonSocket socket) {
            this.socket = socket;
        }

        @Override
        public void close() {
            socket.close();
        }

        @Override
        public boolean isClosed() {
            return !socket.isConnected();
        }

        @Override
        public void shutdownOutput() {
            // Helidon keeps the socket to itself: a plain connection says its end by closing.
        }
    }

    /** Helidon's HTTP/1.1 connection, with its guard current on its thread. */
    private static final class Connection implements ServerConnection, InterruptableTask<Void> {
        private final ConnectionGuard guard;
        private final ConnectionContext context;
        private final ServerConnection http1;

        private Connection(final ConnectionGuard guard, final ConnectionContext context, final ServerConnection http1) {
            this.guard = guard;
            this.context = context;
            this.http1 = http1;
        }

        @Override
        public void handle(final Limit limit) throws InterruptedException {
            ConnectionGuard.current(guard);
            try {
                http1.handle(limit);
            } finally {
                if (guard.isLingerWanted() && guard.enter(ConnectionPhase.LINGERING, LINGER_LIMIT_MS)) {
                    linger();
                }
                awaitExpiry();
                ConnectionGuard.current(null);
                guard.close();
            }
        }

        @Override
        public Duration idleTime() {
            return Duration.ZERO; // the guard closes idle connections
        }

        @Override
        public void close(final boolean interrupt) {
            http1.close(interrupt);
        }

        @Override
        public boolean canInterrupt() {
            return http1 instanceof InterruptableTask<?> task && task.canInterrupt();
        }

        /** Reads on until the client closes, so that the close does not reset the connection under the answer. */
        private void linger() {
            guard.shutdownOutput();
            int byteCount = 0;
            try {
                while (byteCount < LINGER_BYTES_MAX) {
                    final byte[] bytes = context.serverSocket().get();
                    if (bytes == null) {
                        return;
                    }
                    byteCount += bytes.length;
                }
            } catch (final RuntimeException e) {
                guard.close(); // closed by the watch at the deadline, or by the client
            }
        }

        /** While 408 is being written this thread must not close the socket; the watch does. */
        private void awaitExpiry() {
            if (guard.isExpired()) {
                linger();
            }
        }
    }

    /** Hands on everything but the reader, which tells the guard of each byte. */
    private static final class Context implements ConnectionContext {
        private final ConnectionContext original;
        private final DataReader reader;

        private Context(final ConnectionGuard guard, final ConnectionContext original, final long headersLimitMs) {
            this.original = original;
            reader = DataReader.create(() -> next(guard, original.dataReader(), headersLimitMs));
        }

        /** Never null: Helidon takes an end inside headers for a fault of its own, but lets this exception through. */
        private static byte[] next(final ConnectionGuard guard, final DataReader reader, final long headersLimitMs) {
            try {
                reader.ensureAvailable();
                final byte[] bytes = reader.readBytes(reader.available());
                if (guard.onBytes(bytes.length, headersLimitMs)) {
                    return bytes;
                }
            } catch (final DataReader.InsufficientDataAvailableException | ServerConnectionException e) {
                throw new CloseConnectionException("closed by the client or the watch", e);
            }
            throw new CloseConnectionException("overdue, or more than the body may be");
        }

        @Override
        public DataReader dataReader() {
            return reader;
        }

        @Override
        public ListenerContext listenerContext() {
            return original.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return original.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return original.dataWriter();
        }

        @Override
        public Router router() {
            return original.router();
        }

        @Override
        public HelidonSocket serverSocket() {
            return original.serverSocket();
        }

        @Override
        public Optional<ProxyProtocolData> proxyProtocolData() {
            return original.proxyProtocolData();
        }

        @Override
        public PeerInfo remotePeer() {
            return original.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return original.localPeer();
        }

        @Override
        public boolean isSecure() {
            return original.isSecure();
        }

        @Override
        public String socketId() {
            return original.socketId();
        }

        @Override
        public String childSocketId() {
            return original.childSocketId();
        }
    }
}
