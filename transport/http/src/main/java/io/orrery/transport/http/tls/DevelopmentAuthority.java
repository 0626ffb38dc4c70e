package io.orrery.transport.http.tls;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.OneLine;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes the files of development: an authority that clients are told to trust, and a server certificate that it signed (ECDSA P-256).
 * Any number of processes may start in one folder at the same time: a lock file lets one of them make the files.
 *
 * <p>Assumes (A1) nobody else writes the folder. Guarantees (G1) a file appears whole or not at all; (G2) an authority that is there is
 * never replaced; (G3) the server certificate is replaced only when it ends within {@link #RENEWAL_DAYS} days, or lacks a name, and the
 * authority's key is at hand.
 */
final class DevelopmentAuthority {
    static final String CA_KEY_FILE = "ca-key.pem";
    static final String CA_FILE = "ca.pem";
    static final String KEY_FILE = "server-key.pem";
    static final String CERTIFICATE_FILE = "server.pem";
    static final int RENEWAL_DAYS = 30;
    static final String REMEDY = "move the folder's files away and start again: new ones are made, and clients must trust the new ca.pem";
    private static final String LOCK_FILE = "lock";
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final long CA_VALIDITY_MS = TimeUnit.DAYS.toMillis(3650);
    private static final long VALIDITY_MS = TimeUnit.DAYS.toMillis(397);
    /** Clients whose clock is behind by less than this accept a new certificate at once. */
    private static final long CLOCK_SKEW_MS = TimeUnit.HOURS.toMillis(1);
    private static final int SERIAL_BITS = 127;

    private final Path folder;
    private final Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
    private final long nowMs;
    private final SecureRandom random = new SecureRandom();

    DevelopmentAuthority(final Path folder, final List<String> names, final long nowMs) {
        this.folder = folder;
        this.names.addAll(names);
        this.nowMs = nowMs;
    }

    /** Makes what is missing or ends soon. */
    void prepare() {
        synchronized (DevelopmentAuthority.class) {
            try {
                Files.createDirectories(folder);
                try (FileChannel channel = FileChannel.open(
                    folder.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                    assert lock.isValid();
                    prepareLocked();
                }
            } catch (final IOException e) {
                throw new ConfigurationException("developmentFolder=" + OneLine.of(folder.toString()) + ", must be writable: "
                    + e.getClass().getSimpleName() + " " + OneLine.of(e.getMessage())
                    + "; free space or change the folder's owner, nothing that was there has changed");
            } catch (final GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException("this Java runtime cannot make ECDSA P-256 certificates", e);
            }
        }
    }

    private void prepareLocked() throws IOException, GeneralSecurityException, OperatorCreationException {
        final Path caKeyFile = folder.resolve(CA_KEY_FILE);
        final Path caFile = folder.resolve(CA_FILE);
        if (!Files.exists(caFile)) {
            if (Files.exists(folder.resolve(CERTIFICATE_FILE))) {
                throw PemFiles.fault("developmentFolder", caFile, "must exist beside " + CERTIFICATE_FILE, REMEDY);
            }
            final KeyPair pair = newKeyPair();
            PemFiles.write(caKeyFile, true, pair.getPrivate());
            PemFiles.write(caFile, false, issueAuthority(pair));
        }
        if (!isRenewalDue()) {
            return;
        }
        if (!Files.exists(caKeyFile)) {
            if (Files.exists(folder.resolve(CERTIFICATE_FILE))) {
                return; // an operator took the authority's key away: what is there serves until its end, and its loader says so
            }
            throw PemFiles.fault("developmentFolder", caKeyFile, "must exist to make a server certificate", REMEDY);
        }
        final X509Certificate ca = PemFiles.readCertificates("developmentFolder", caFile, REMEDY).getFirst();
        final PrivateKey caKey = PemFiles.readKey("developmentFolder", caKeyFile, REMEDY);
        if (!TlsMaterial.isPair(caKey, ca.getPublicKey())) {
            throw PemFiles.fault("developmentFolder", caKeyFile, "must be the key of " + CA_FILE, REMEDY);
        }
        final Path certificateFile = folder.resolve(CERTIFICATE_FILE);
        if (Files.exists(certificateFile)) {
            // The key stays: two files cannot be replaced as one, and a crash in between must leave a pair.
            final X509Certificate before = PemFiles.readCertificates("developmentFolder", certificateFile, REMEDY).getFirst();
            PemFiles.write(certificateFile, false, issue(before.getPublicKey(), ca, caKey), ca);
        } else {
            final KeyPair pair = newKeyPair();
            PemFiles.write(folder.resolve(KEY_FILE), true, pair.getPrivate());
            PemFiles.write(certificateFile, false, issue(pair.getPublic(), ca, caKey), ca);
        }
    }

    private boolean isRenewalDue() {
        final Path certificateFile = folder.resolve(CERTIFICATE_FILE);
        if (!Files.exists(certificateFile)) {
            return true;
        }
        final X509Certificate certificate = PemFiles.readCertificates("developmentFolder", certificateFile, REMEDY).getFirst();
        return certificate.getNotAfter().getTime() - nowMs < TimeUnit.DAYS.toMillis(RENEWAL_DAYS)
            || !namesOf(certificate).containsAll(canonicalNames());
    }

    private X509Certificate issueAuthority(final KeyPair pair)
        throws IOException, GeneralSecurityException, OperatorCreationException {
        final byte[] id = new byte[4];
        random.nextBytes(id);
        final X500Principal subject = new X500Principal("CN=Orrery development authority " + HexFormat.of().formatHex(id));
        final X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(subject, serial(), new Date(nowMs - CLOCK_SKEW_MS),
            new Date(nowMs + CA_VALIDITY_MS), subject, pair.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
            .addExtension(Extension.subjectKeyIdentifier, false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        return sign(builder, pair.getPrivate());
    }

    private X509Certificate issue(final PublicKey key, final X509Certificate ca, final PrivateKey caKey)
        throws IOException, GeneralSecurityException, OperatorCreationException {
        final long endMs = Math.min(nowMs + VALIDITY_MS, ca.getNotAfter().getTime());
        final List<GeneralName> general = new ArrayList<>();
        for (final String name : names) {
            general.add(new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name));
        }
        final JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
        final X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(ca.getSubjectX500Principal(), serial(),
            new Date(nowMs - CLOCK_SKEW_MS), new Date(endMs), new X500Principal("CN=Orrery development server"), key)
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
            .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
            .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(general.toArray(new GeneralName[0])))
            .addExtension(Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(key))
            .addExtension(Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(ca));
        return sign(builder, caKey);
    }

    private static X509Certificate sign(final X509v3CertificateBuilder builder, final PrivateKey key)
        throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    }

    private KeyPair newKeyPair() throws GeneralSecurityException {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    }

    private Set<String> canonicalNames() {
        final Set<String> canonical = new LinkedHashSet<>();
        for (final String name : names) {
            canonical.add(isAddress(name) ? InetAddress.ofLiteral(name).getHostAddress() : name);
        }
        return canonical;
    }

    private static Set<String> namesOf(final X509Certificate certificate) {
        final Set<String> names = new LinkedHashSet<>();
        try {
            final Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (final List<?> alternative : alternatives) {
                    final String name = alternative.get(1).toString();
                    names.add(isAddress(name) ? InetAddress.ofLiteral(name).getHostAddress() : name);
                }
            }
        } catch (final GeneralSecurityException e) {
            return names; // none that can be read: the certificate is made anew
        }
        return names;
    }

    private static boolean isAddress(final String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9]+(\\.[0-9]+){3}");
    }
}
