package io.orrery.transport.http.tls;

import io.orrery.platform.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.agrona.concurrent.EpochClock;

/**
 * Certificate and key of a server, checked: decodable, belonging together, valid now, key readable by its owner only.
 *
 * <p>Any thread may call any method; what is loaded is replaced as a whole. Guarantees (G1) no file is changed, but the development
 * folder's at first start and on renewal; (G2) a reload that fails leaves what was loaded in use.
 */
public final class TlsMaterial {
    private static final String ALIAS = "server";
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final byte[] PROBE = {'o', 'r', 'r', 'e', 'r', 'y'};
    private static final String OPERATOR_REMEDY =
        "put the right file there, or take certificateFile and keyFile out to use development files";

    private final Path developmentFolder;
    private final List<String> names;
    private final Path certificateFile;
    private final Path keyFile;
    private final String certificateName;
    private final String keyName;
    private final String remedy;
    private final long warningMs;
    private final EpochClock clock;
    private volatile Loaded loaded;

    /**
     * What was read at one moment.
     *
     * @param sslContext ready for use.
     * @param certificate the server's own.
     * @param certificateStamp last change of its file, milliseconds since 1970.
     * @param keyStamp last change of its file, milliseconds since 1970.
     */
    private record Loaded(SSLContext sslContext, X509Certificate certificate, long certificateStamp, long keyStamp) {
    }

    private TlsMaterial(final TlsContext context) {
        context.checkConcluded();
        developmentFolder = context.developmentFolder();
        names = context.names();
        clock = context.clock();
        warningMs = TimeUnit.DAYS.toMillis(context.warningDays());
        if (developmentFolder == null) {
            certificateFile = context.certificateFile();
            keyFile = context.keyFile();
            certificateName = "certificateFile";
            keyName = "keyFile";
            remedy = OPERATOR_REMEDY;
        } else {
            certificateFile = developmentFolder.resolve(DevelopmentAuthority.CERTIFICATE_FILE);
            keyFile = developmentFolder.resolve(DevelopmentAuthority.KEY_FILE);
            certificateName = "developmentFolder";
            keyName = "developmentFolder";
            remedy = DevelopmentAuthority.REMEDY;
        }
    }

    /**
     * Loads the material, making development files first if there are none.
     *
     * @param context concluded; its values are copied.
     * @return checked material.
     * @throws ConfigurationException one line naming the file, what is wrong and what to do; files stay as they were.
     */
    public static TlsMaterial open(final TlsContext context) {
        final TlsMaterial material = new TlsMaterial(context);
        material.loaded = material.load();
        return material;
    }

    /**
     * What connections are made with.
     *
     * @return the context loaded last; ask again for each connection, since a reload replaces it.
     */
    public SSLContext sslContext() {
        return loaded.sslContext;
    }

    /**
     * The server's own certificate.
     *
     * @return the one loaded last.
     */
    public X509Certificate certificate() {
        return loaded.certificate;
    }

    /**
     * Where the certificate lies that clients trust.
     *
     * @return the development authority's file; null for an operator's certificate.
     */
    public Path authorityFile() {
        return developmentFolder == null ? null : developmentFolder.resolve(DevelopmentAuthority.CA_FILE);
    }

    /**
     * When the certificate ends.
     *
     * @return milliseconds since 1970.
     */
    public long endMs() {
        return loaded.certificate.getNotAfter().getTime();
    }

    /**
     * Whether the certificate ends soon.
     *
     * @return one line for logs and readiness; null as long as the end is further away than the warning time.
     */
    public String warning() {
        final long nowMs = clock.time();
        final long leftMs = endMs() - nowMs;
        if (leftMs >= warningMs) {
            return null;
        }
        final String end = leftMs < 0 ? "has ended at " : "ends within " + (leftMs + DAY_MS - 1) / DAY_MS + " days, at ";
        return certificateName + "=" + certificateFile + ", " + end + Instant.ofEpochMilli(endMs()) + "; renew it";
    }

    /**
     * Loads the files again if either changed since they were loaded, or development files if they end soon.
     *
     * @return true if something new is in use from now on.
     * @throws ConfigurationException as {@link #open}; what was loaded before stays in use.
     */
    public synchronized boolean reloadIfChanged() {
        final Loaded before = loaded;
        final boolean isEnding = developmentFolder != null
            && endMs() - clock.time() < TimeUnit.DAYS.toMillis(DevelopmentAuthority.RENEWAL_DAYS);
        if (!isEnding && stamp(certificateFile) == before.certificateStamp && stamp(keyFile) == before.keyStamp) {
            return false;
        }
        final Loaded after = load();
        loaded = after;
        return !after.certificate.equals(before.certificate);
    }

    private Loaded load() {
        if (developmentFolder != null) {
            new DevelopmentAuthority(developmentFolder, names, clock.time()).prepare();
        }
        final long certificateStamp = stamp(certificateFile);
        final long keyStamp = stamp(keyFile);
        final List<X509Certificate> chain = PemFiles.readCertificates(certificateName, certificateFile, remedy);
        final PrivateKey key = PemFiles.readKey(keyName, keyFile, remedy);
        final X509Certificate certificate = chain.getFirst();
        checkValid(certificate);
        if (!isPair(key, certificate.getPublicKey())) {
            throw PemFiles.fault(keyName, keyFile, "must be the key of the first certificate in " + certificateFile, remedy);
        }
        return new Loaded(sslContext(key, chain), certificate, certificateStamp, keyStamp);
    }

    private void checkValid(final X509Certificate certificate) {
        final long nowMs = clock.time();
        if (nowMs < certificate.getNotBefore().getTime()) {
            throw PemFiles.fault(certificateName, certificateFile, "must be valid now, but is not before "
                + certificate.getNotBefore().toInstant() + ", and this machine's clock says " + Instant.ofEpochMilli(nowMs),
                "check the clock, or " + remedy);
        }
        if (nowMs > certificate.getNotAfter().getTime()) {
            throw PemFiles.fault(certificateName, certificateFile, "must be valid now, but expired at "
                + certificate.getNotAfter().toInstant(), "renew it: " + remedy);
        }
    }

    private SSLContext sslContext(final PrivateKey key, final List<X509Certificate> chain) {
        try {
            final char[] password = new char[0];
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry(ALIAS, key, password, chain.toArray(new X509Certificate[0]));
            final KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            final SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (final GeneralSecurityException | IOException e) {
            throw PemFiles.fault(certificateName, certificateFile, "must be usable for TLS 1.3 with its key and chain", remedy);
        }
    }

    static boolean isPair(final PrivateKey privateKey, final PublicKey publicKey) {
        final String algorithm = switch (privateKey.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> privateKey.getAlgorithm();
        };
        try {
            final Signature signer = Signature.getInstance(algorithm);
            signer.initSign(privateKey);
            signer.update(PROBE);
            final byte[] signature = signer.sign();
            final Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(PROBE);
            return verifier.verify(signature);
        } catch (final GeneralSecurityException e) {
            return false; // another algorithm or curve: not the key of this certificate
        }
    }

    private static long stamp(final Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (final IOException e) {
            return -1; // absent or unreadable: the loader says which
        }
    }
}
