package io.orrery.transport.http;

import io.orrery.platform.error.DistinctErrors;
import io.orrery.transport.http.json.JsonWriter;
import io.orrery.transport.http.tls.TlsContext;
import io.orrery.transport.http.tls.TlsMaterial;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.agrona.concurrent.SystemEpochClock;

/** A server with a few routes, and clients of all manners. */
final class HttpFixture implements AutoCloseable {
    static final int SOCKET_LIMIT_MS = 8000;

    final DistinctErrors errors = new DistinctErrors(SystemEpochClock.INSTANCE);
    final HttpServer server;
    private final boolean isTls;
    private final SSLContext trusting;
    private final HttpClient client;

    private HttpFixture(final Path folder, final boolean isTls, final Consumer<HttpServerContext> changes) throws Exception {
        this.isTls = isTls;
        final HttpServerContext context = new HttpServerContext().name("test").errorHandler(errors);
        if (isTls) {
            final TlsMaterial material = TlsMaterial.open(new TlsContext().developmentFolder(folder).conclude());
            trusting = trust(material.authorityFile());
            context.tls(material);
        } else {
            trusting = null;
            context.plainLoopback(true);
        }
        final HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(SOCKET_LIMIT_MS));
        client = trusting == null ? builder.build() : builder.sslContext(trusting).build();
        changes.accept(context);
        addRoutes(context);
        server = HttpServer.start(context.conclude());
    }

    static HttpFixture tls(final Path folder, final Consumer<HttpServerContext> changes) throws Exception {
        return new HttpFixture(folder, true, changes);
    }

    static HttpFixture plain(final Consumer<HttpServerContext> changes) throws Exception {
        return new HttpFixture(null, false, changes);
    }

    static SSLContext trust(final Path authorityFile) throws IOException, GeneralSecurityException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = Files.newInputStream(authorityFile)) {
            store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        final TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static void addRoutes(final HttpServerContext context) {
        context.roleVerifier(token -> switch (token) {
            case "admin-token" -> new HttpPrincipal("7", Set.of("admin", "metrics"));
            case "player-token" -> new HttpPrincipal("8", Set.of());
            default -> null;
        });
        context.route(Route.get("/v1/things/{id}", request -> HttpResponse.json(200,
            new JsonWriter().field("id", request.pathParameter("id")).field("q", request.query("q")))));
        context.route(Route.get("/v1/things/best", request -> HttpResponse.json(200, new JsonWriter().field("id", "the best"))));
        context.route(Route.post("/v1/things", request -> HttpResponse.json(201, new JsonWriter()
            .field("name", request.json("name", "count").text("name", 1, 8)).field("bytes", request.body().length)))
            .withBodyBytesMax(1024));
        context.route(Route.post("/v1/blob", request -> HttpResponse.json(200, new JsonWriter().field("bytes", request.body().length)))
            .withMediaTypes(null, HttpResponse.JSON));
        context.route(Route.get("/v1/admin", request -> HttpResponse.json(200,
            new JsonWriter().field("account", request.principal().id()))).withRole("admin"));
        context.route(Route.delete("/v1/things/{id}", request -> HttpResponse.empty(204)));
        context.route(Route.get("/v1/broken", request -> {
            throw new IllegalStateException("secret inner workings");
        }));
    }

    java.net.http.HttpResponse<String> send(final String method, final String path, final String body, final String... headers)
        throws IOException, InterruptedException {
        final java.net.http.HttpRequest.Builder request = java.net.http.HttpRequest.newBuilder(uri(path))
            .timeout(Duration.ofSeconds(10))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    URI uri(final String path) {
        return URI.create((isTls ? "https" : "http") + "://localhost:" + server.port() + path);
    }

    /** A socket that reads for a few seconds at most; with TLS it is through its handshake. */
    Socket connect() throws IOException {
        if (!isTls) {
            return connectRaw();
        }
        final SSLSocket socket = (SSLSocket) trusting.getSocketFactory()
            .createSocket(connectRaw(), "localhost", server.port(), true);
        socket.startHandshake();
        return socket;
    }

    SSLSocket connectWith(final String protocol) throws IOException {
        final SSLSocket socket = (SSLSocket) trusting.getSocketFactory()
            .createSocket(connectRaw(), "localhost", server.port(), true);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    Socket connectRaw() throws IOException {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(SOCKET_LIMIT_MS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    static void write(final Socket socket, final String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Everything until the server closes. */
    static String readAll(final Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
        client.shutdownNow();
    }
}
