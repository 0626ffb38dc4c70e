package io.orrery.auth.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** The JDK's Ed25519 (RFC 8032) with keys as their 32 raw bytes. */
final class Ed25519 {
    static final int KEY_LENGTH = 32;
    static final int SIGNATURE_LENGTH = 64;

    private static final String ALGORITHM = "Ed25519";
    /** What stands before the raw key in its X.509 form (RFC 8410). */
    private static final byte[] X509_HEAD = {0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00};

    private Ed25519() {
    }

    /** Makes a pair; returns seed and public key. */
    static byte[][] generate(final SecureRandom random) {
        try {
            final KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            final KeyPair pair = generator.generateKeyPair();
            final byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            final byte[] encoded = pair.getPublic().getEncoded();
            return new byte[][] {seed, Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length)};
        } catch (final GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static PrivateKey privateKey(final byte[] seed) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (final GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static PublicKey publicKey(final byte[] raw) {
        final byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + KEY_LENGTH);
        System.arraycopy(raw, 0, encoded, X509_HEAD.length, KEY_LENGTH);
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (final GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** Tells whether a seed and a public key belong together. */
    static boolean isPair(final PrivateKey privateKey, final PublicKey publicKey) {
        final byte[] message = {1, 2, 3};
        try {
            final Signature signature = signature();
            signature.initSign(privateKey);
            signature.update(message);
            final byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(message);
            return signature.verify(signed);
        } catch (final GeneralSecurityException notAPoint) {
            return false;
        }
    }

    static Signature signature() {
        try {
            return Signature.getInstance(ALGORITHM);
        } catch (final GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(final GeneralSecurityException e) {
        return new IllegalStateException("this Java runtime has no Ed25519: java.base of JDK 15 or newer has it", e);
    }
}
