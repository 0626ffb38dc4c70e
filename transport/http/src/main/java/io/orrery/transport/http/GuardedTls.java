package io.orrery.transport.http;

import io.orrery.transport.http.tls.TlsMaterial;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * The TLS that Helidon is given: each accepted socket passes through here before its handshake, where it gets its guard, the newest
 * certificate, and TLS 1.3 alone. (Helidon's own socket path would look up the peer's name, which a hostile name server can delay.)
 */
final class GuardedTls extends SSLContextSpi {
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final TlsMaterial material;
    private final ConnectionTable table;
    private final long handshakeLimitNs;

    private GuardedTls(final TlsMaterial material, final ConnectionTable table, final long handshakeLimitMs) {
        this.material = material;
        this.table = table;
        handshakeLimitNs = TimeUnit.MILLISECONDS.toNanos(handshakeLimitMs);
    }

    static SSLContext context(final TlsMaterial material, final ConnectionTable table, final long handshakeLimitMs) {
        return new Context(new GuardedTls(material, table, handshakeLimitMs), material.sslContext());
    }

    @Override
    protected void engineInit(final KeyManager[] km, final TrustManager[] tm, final SecureRandom sr) throws KeyManagementException {
        throw new KeyManagementException("initialised by TlsMaterial");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return new Factory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return material.sslContext().getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return material.sslContext().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(final String host, final int port) {
        return material.sslContext().createSSLEngine(host, port);
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return material.sslContext().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return material.sslContext().getClientSessionContext();
    }

    private SSLSocket guarded(final Socket socket, final InputStream consumed) throws IOException {
        final SocketCloser closer = new SocketCloser(socket);
        final ConnectionGuard guard =
            new ConnectionGuard(table, socket.getInetAddress(), closer, ConnectionPhase.HANDSHAKE, handshakeLimitNs);
        if (!table.admit(guard)) {
            throw new IOException("too many connections of one address");
        }
        ConnectionGuard.current(guard);
        final SSLSocket tls = (SSLSocket) material.sslContext().getSocketFactory().createSocket(socket, consumed, true);
        tls.setEnabledProtocols(PROTOCOLS);
        closer.tls = tls;
        return tls;
    }

    /** Gives {@link GuardedTls} the face that Helidon asks for. */
    private static final class Context extends SSLContext {
        private Context(final GuardedTls tls, final SSLContext original) {
            super(tls, original.getProvider(), original.getProtocol());
        }
    }

    /** Closes the socket under the TLS, so that no thread that writes can hold it up. */
    private static final class SocketCloser implements ConnectionGuard.Closer {
        private final Socket socket;
        private volatile SSLSocket tls;

        private SocketCloser(final Socket socket) {
            this.socket = socket;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public void shutdownOutput() throws IOException {
            tls.shutdownOutput();
        }
    }

    /** Makes guarded sockets of accepted ones; makes no others. */
    private final class Factory extends SSLSocketFactory {
        @Override
        public Socket createSocket(final Socket socket, final InputStream consumed, final boolean autoClose) throws IOException {
            return guarded(socket, consumed);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return material.sslContext().getSocketFactory().getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return material.sslContext().getSocketFactory().getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(final Socket socket, final String host, final int port, final boolean autoClose) throws IOException {
            throw new IOException("a server's factory");
        }

        @Override
        public Socket createSocket(final String host, final int port) throws IOException {
            throw new IOException("a server's factory");
        }

        @Override
        public Socket createSocket(final String host, final int port, final InetAddress local, final int localPort) throws IOException {
            throw new IOException("a server's factory");
        }

        @Override
        public Socket createSocket(final InetAddress host, final int port) throws IOException {
            throw new IOException("a server's factory");
        }

        @Override
        public Socket createSocket(final InetAddress host, final int port, final InetAddress local, final int localPort)
            throws IOException {
            throw new IOException("a server's factory");
        }
    }
}
