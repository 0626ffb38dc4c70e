package io.orrery.transport.http.tls;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.OneLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Reads and writes certificates and keys as PEM. Every fault is one line: which file, what is wrong, what to do. */
final class PemFiles {
    private static final int LENGTH_MAX = 1 << 20;
    private static final int CHAIN_LENGTH_MAX = 10;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> ALL_MAY_READ = PosixFilePermissions.fromString("rw-r--r--");

    private PemFiles() {
    }

    static List<X509Certificate> readCertificates(final String name, final Path file, final String remedy) {
        final List<X509Certificate> chain = new ArrayList<>();
        final JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
        try (PEMParser parser = parser(read(name, file, remedy))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                if (part instanceof X509CertificateHolder holder && chain.size() < CHAIN_LENGTH_MAX) {
                    chain.add(converter.getCertificate(holder));
                }
            }
        } catch (final IOException | GeneralSecurityException | RuntimeException e) {
            throw e instanceof ConfigurationException known ? known
                : fault(name, file, "must be a certificate in PEM, but cannot be decoded", remedy);
        }
        if (chain.isEmpty()) {
            throw fault(name, file, "must hold a certificate in PEM, but holds none", remedy);
        }
        return chain;
    }

    static PrivateKey readKey(final String name, final Path file, final String remedy) {
        final byte[] pem = read(name, file, remedy);
        checkOwnerOnly(name, file);
        try (PEMParser parser = parser(pem)) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                switch (part) {
                    case PrivateKeyInfo info -> {
                        return new JcaPEMKeyConverter().getPrivateKey(info);
                    }
                    case PEMKeyPair pair -> {
                        return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PEMEncryptedKeyPair encrypted -> throw encrypted(name, file);
                    case PKCS8EncryptedPrivateKeyInfo encrypted -> throw encrypted(name, file);
                    default -> {
                        continue;
                    }
                }
            }
        } catch (final IOException | RuntimeException e) {
            throw e instanceof ConfigurationException known ? known
                : fault(name, file, "must be a private key in PEM, but cannot be decoded", remedy);
        }
        throw fault(name, file, "must hold a private key in PEM, but holds none", remedy);
    }

    static void write(final Path file, final boolean isSecret, final Object... parts) throws IOException {
        final StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (final Object part : parts) {
                writer.writeObject(part instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : part);
            }
        }
        final Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        try {
            final Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(partial, options, mode(file, isSecret))) {
                final ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    static ConfigurationException fault(final String name, final Path file, final String must, final String remedy) {
        return new ConfigurationException(name + "=" + OneLine.of(file.toString()) + ", " + must + "; " + remedy);
    }

    private static ConfigurationException encrypted(final String name, final Path file) {
        return fault(name, file, "must not be encrypted", "decrypt it with: openssl pkey -in FILE -out NEW_FILE");
    }

    private static FileAttribute<?>[] mode(final Path file, final boolean isSecret) {
        return isPosix(file)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(isSecret ? OWNER_ONLY : ALL_MAY_READ)}
            : new FileAttribute<?>[0];
    }

    private static PEMParser parser(final byte[] pem) {
        return new PEMParser(new InputStreamReader(new ByteArrayInputStream(pem), StandardCharsets.US_ASCII));
    }

    private static byte[] read(final String name, final Path file, final String remedy) {
        try {
            if (Files.isDirectory(file)) {
                throw fault(name, file, "must be a file, but is a folder", remedy);
            }
            if (Files.size(file) > LENGTH_MAX) {
                throw fault(name, file, "must be at most " + LENGTH_MAX + " bytes", remedy);
            }
            return Files.readAllBytes(file);
        } catch (final NoSuchFileException e) {
            throw fault(name, file, "must exist", remedy);
        } catch (final AccessDeniedException e) {
            throw fault(name, file, "must be readable by this process", "change its owner or mode");
        } catch (final IOException e) {
            throw fault(name, file, "must be readable, but reading failed: " + OneLine.of(e.getMessage()), remedy);
        }
    }

    private static void checkOwnerOnly(final String name, final Path file) {
        try {
            if (isPosix(file)) {
                final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                for (final PosixFilePermission permission : permissions) {
                    if (!permission.name().startsWith("OWNER_")) {
                        throw fault(name, file, "must have mode 0600, but has " + PosixFilePermissions.toString(permissions),
                            "it is a secret: run chmod 600 on it");
                    }
                }
            }
        } catch (final IOException e) {
            throw fault(name, file, "must tell its mode: " + OneLine.of(e.getMessage()), "check the file system");
        }
    }

    private static boolean isPosix(final Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
