package io.orrery.transport.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.platform.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsMaterialTest {
    private static final long NOW_MS = 1_800_000_000_000L;

    private final AtomicLong nowMs = new AtomicLong(NOW_MS);
    @TempDir
    private Path folder;
    private Path certificate;
    private Path key;

    @BeforeEach
    void name() {
        certificate = folder.resolve("server.pem");
        key = folder.resolve("server-key.pem");
    }

    @Test
    void shouldMakeDevelopmentFilesOnceWithTheirModes() throws Exception {
        final TlsMaterial first = open();
        final Map<String, String> before = contents();
        final TlsMaterial second = open();

        assertThat(contents()).isEqualTo(before).containsOnlyKeys("ca.pem", "ca-key.pem", "server.pem", "server-key.pem", "lock");
        assertThat(second.certificate()).isEqualTo(first.certificate());
        assertThat(mode("ca-key.pem")).isEqualTo("rw-------");
        assertThat(mode("server-key.pem")).isEqualTo("rw-------");
        assertThat(mode("ca.pem")).startsWith("rw-");
        assertThat(first.authorityFile()).isEqualTo(folder.resolve("ca.pem"));
        final List<String> names = new ArrayList<>();
        for (final List<?> alternative : first.certificate().getSubjectAlternativeNames()) {
            names.add(alternative.get(1).toString());
        }
        assertThat(names).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(first.warning()).isNull();
    }

    @Test
    void shouldIssueAgainWithTheSameAuthorityWhenNamesAreAddedOrTheEndIsNear() {
        final TlsMaterial first = open();

        final TlsMaterial named = TlsMaterial.open(
            context().developmentFolder(folder).names(List.of("game.example", "10.1.2.3")).conclude());
        nowMs.addAndGet(TimeUnit.DAYS.toMillis(380));
        final TlsMaterial renewed = open();

        assertThat(named.certificate()).isNotEqualTo(first.certificate());
        assertThat(named.certificate().getPublicKey()).isEqualTo(first.certificate().getPublicKey());
        assertThat(renewed.certificate().getIssuerX500Principal()).isEqualTo(first.certificate().getIssuerX500Principal());
        assertThat(renewed.endMs()).isGreaterThan(first.endMs());
    }

    @Test
    void shouldWarnBeforeTheEndAndReloadWhenRenewed(@TempDir final Path other) throws Exception {
        open();
        final TlsMaterial material = operator();
        nowMs.addAndGet(TimeUnit.DAYS.toMillis(397 - 10));
        final String warning = material.warning();
        final boolean isUnchanged = material.reloadIfChanged();

        TlsMaterial.open(context().developmentFolder(other).conclude());
        replace(other.resolve("server-key.pem"), key);
        replace(other.resolve("server.pem"), certificate);

        assertThat(warning).contains("certificateFile=" + certificate, "ends within 10 days").doesNotContain("\n");
        assertThat(isUnchanged).isFalse();
        assertThat(material.reloadIfChanged()).isTrue();
        assertThat(material.warning()).isNull();
    }

    @Test
    void shouldKeepWhatWasLoadedWhenAReloadFails() throws Exception {
        open();
        final TlsMaterial material = operator();
        Files.writeString(certificate, "torn");
        Files.setLastModifiedTime(certificate, FileTime.fromMillis(5));

        fault(material::reloadIfChanged).hasMessageContaining("must hold a certificate in PEM, but holds none");

        assertThat(material.certificate()).isNotNull();
        assertThat(material.sslContext()).isNotNull();
    }

    @Test
    void shouldSayWhenACertificateIsNotValidNow() throws Exception {
        open();
        final Map<String, String> before = contents();

        nowMs.set(NOW_MS - TimeUnit.DAYS.toMillis(1));
        fault(this::operator).hasMessageContaining("certificateFile=" + certificate + ", must be valid now, but is not before 2027-01-15T");
        nowMs.set(NOW_MS + TimeUnit.DAYS.toMillis(398));
        fault(this::operator).hasMessageContaining("must be valid now, but expired at 2028-").hasMessageContaining("renew it");

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void shouldNameFileFaultAndRemedyWhenFilesAreWrong(@TempDir final Path other) throws Exception {
        open();
        TlsMaterial.open(context().developmentFolder(other).conclude());
        final byte[] good = Files.readAllBytes(key);

        replace(other.resolve("server-key.pem"), key);
        fault(this::operator).hasMessageContaining("keyFile=" + key + ", must be the key of the first certificate in " + certificate);
        Files.write(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
        fault(this::operator).hasMessageContaining("must be a private key in PEM, but cannot be decoded");
        Files.write(key, new byte[0]);
        fault(this::operator).hasMessageContaining("must hold a private key in PEM, but holds none");
        Files.write(key, good);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        fault(this::operator).hasMessageContaining("must have mode 0600, but has rw-r-----").hasMessageContaining("chmod 600");
        Files.delete(key);
        fault(this::operator).hasMessageContaining("keyFile=" + key + ", must exist; put the right file there");
        Files.createDirectory(key);
        fault(this::operator).hasMessageContaining("must be a file, but is a folder");
    }

    @Test
    void shouldNameEveryTruncationOfACertificate() throws Exception {
        open();
        final byte[] whole = Files.readAllBytes(certificate);
        final int end = new String(whole, StandardCharsets.US_ASCII).indexOf("-----END CERTIFICATE");
        for (int length = 0; length < end; length += 7) {
            final byte[] cut = new byte[length];
            System.arraycopy(whole, 0, cut, 0, length);
            Files.write(certificate, cut);

            fault(this::operator).hasMessageContaining("certificateFile=" + certificate).hasMessageNotContaining("\n");
            assertThat(Files.readAllBytes(certificate)).isEqualTo(cut);
        }
    }

    @Test
    void shouldLeaveDevelopmentFilesAloneWhenTheyAreCorrupt() throws Exception {
        open();
        Files.writeString(folder.resolve("ca.pem"), "torn");
        Files.delete(certificate);
        final Map<String, String> before = contents();

        fault(this::open).hasMessageContaining("developmentFolder=" + folder.resolve("ca.pem"))
            .hasMessageContaining("move the folder's files away");

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void shouldSayThatTheFolderCannotBeMade() throws Exception {
        final Path file = Files.writeString(folder.resolve("file"), "x");

        fault(() -> TlsMaterial.open(context().developmentFolder(file.resolve("tls")).conclude()))
            .hasMessageContaining("must be writable").hasMessageContaining("free space");
    }

    @Test
    void shouldLetOneOfManyStartersMakeTheFiles() throws Exception {
        final List<TlsMaterial> opened = new ArrayList<>();
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                final TlsMaterial material = open();
                synchronized (opened) {
                    opened.add(material);
                }
            }));
        }
        for (final Thread thread : threads) {
            thread.join();
        }

        assertThat(opened).hasSize(8).extracting(material -> material.certificate().getSerialNumber()).containsOnly(
            opened.getFirst().certificate().getSerialNumber());
    }

    @Test
    void shouldRefuseHalfAConfiguration() {
        fault(() -> context().conclude()).hasMessageContaining("developmentFolder=null, must be set if and only if");
        fault(() -> context().certificateFile(certificate).conclude()).hasMessageContaining("must be set together with keyFile");
        fault(() -> context().developmentFolder(folder).names(List.of("a b")).conclude())
            .hasMessageContaining("names=a b, must be host names");
    }

    private TlsMaterial open() {
        return TlsMaterial.open(context().developmentFolder(folder).conclude());
    }

    private TlsMaterial operator() {
        return TlsMaterial.open(context().certificateFile(certificate).keyFile(key).conclude());
    }

    private TlsContext context() {
        return new TlsContext().clock(nowMs::get);
    }

    private static void replace(final Path from, final Path to) throws IOException {
        final long before = Files.exists(to) ? Files.getLastModifiedTime(to).toMillis() : 0;
        Files.write(to, Files.readAllBytes(from));
        Files.setLastModifiedTime(to, FileTime.fromMillis(before + 1000));
    }

    private Map<String, String> contents() throws IOException {
        final Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private String mode(final String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private static AbstractThrowableAssert<?, ?> fault(final ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(ConfigurationException.class);
    }
}
