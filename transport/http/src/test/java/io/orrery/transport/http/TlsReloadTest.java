package io.orrery.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.platform.error.DistinctErrors;
import io.orrery.transport.http.tls.TlsContext;
import io.orrery.transport.http.tls.TlsMaterial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsReloadTest {
    @Test
    void shouldUseRenewedFilesForNewConnectionsAndTellItsObserver(@TempDir final Path before, @TempDir final Path after) throws Exception {
        TlsMaterial.open(new TlsContext().developmentFolder(before).conclude());
        final TlsMaterial renewed = TlsMaterial.open(new TlsContext().developmentFolder(after).conclude());
        final TlsMaterial operator = TlsMaterial.open(
            new TlsContext().certificateFile(before.resolve("server.pem")).keyFile(before.resolve("server-key.pem")).conclude());
        final SSLContext trustingTheNewOne = HttpFixture.trust(renewed.authorityFile());
        final List<String> observed = Collections.synchronizedList(new ArrayList<>());
        final HttpServerContext context = new HttpServerContext().tls(operator)
            .errorHandler(new DistinctErrors(SystemEpochClock.INSTANCE))
            .observer((route, status, latencyNs) -> observed.add(route + " " + status + " " + (latencyNs > 0)));
        try (HttpServer server = HttpServer.start(context.conclude())) {
            assertThatThrownBy(() -> exchange(trustingTheNewOne, server.port())).isInstanceOf(SSLHandshakeException.class);

            replace(after, before, "server-key.pem");
            replace(after, before, "server.pem");

            assertThat(operator.reloadIfChanged()).isTrue();
            assertThat(exchange(trustingTheNewOne, server.port())).startsWith("HTTP/1.1 200 ");
            assertThat(observed).containsExactly("GET /-/healthy 200 true");
            assertThat(server.counters().responseCount("GET /-/healthy", 2)).isEqualTo(1);
        }
    }

    private static String exchange(final SSLContext trusting, final int port) throws IOException {
        final Socket raw = new Socket(InetAddress.getLoopbackAddress(), port);
        raw.setSoTimeout(HttpFixture.SOCKET_LIMIT_MS);
        try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket(raw, "localhost", port, true)) {
            HttpFixture.write(socket, "GET /-/healthy HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void replace(final Path from, final Path to, final String file) throws IOException {
        final long stampMs = Files.getLastModifiedTime(to.resolve(file)).toMillis();
        Files.write(to.resolve(file), Files.readAllBytes(from.resolve(file)));
        Files.setLastModifiedTime(to.resolve(file), FileTime.fromMillis(stampMs + 1000));
    }
}
