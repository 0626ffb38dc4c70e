package io.orrery.auth.token;

import java.security.GeneralSecurityException;
import java.security.Signature;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Signs (JWS, RFC 7515, EdDSA of RFC 8037) and then encrypts (JWE, RFC 7516, {@code dir} with A256GCM) one token at a time. Used by one
 * thread at a time. Memory: two buffers of {@link AccessTokenVerifier#TOKEN_CHARS_MAX} bytes.
 */
final class TokenSealer {
    static final int NONCE_LENGTH = 12;
    static final int TAG_LENGTH = 16;
    static final String CIPHER = "AES/GCM/NoPadding";

    private final Signature signature = Ed25519.signature();
    private final Cipher cipher = cipher();
    private final byte[] signed = new byte[AccessTokenVerifier.TOKEN_CHARS_MAX];
    private final byte[] encrypted = new byte[AccessTokenVerifier.TOKEN_CHARS_MAX];
    private final byte[] token = new byte[AccessTokenVerifier.TOKEN_CHARS_MAX];

    /** Seals a payload; returns the length of {@link #token()}. The nonce must never come twice with one key. */
    int seal(final byte[] header, final byte[] payload, final SigningKey signingKey, final EncryptionKey encryptionKey,
        final byte[] nonce) {
        try {
            final int signedLength = sign(header, payload, signingKey);
            return encrypt(signedLength, encryptionKey, nonce);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime refused to sign or encrypt with keys of its own making", e);
        }
    }

    byte[] token() {
        return token;
    }

    static Cipher cipher() {
        try {
            return Cipher.getInstance(CIPHER);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + CIPHER, e);
        }
    }

    private int sign(final byte[] header, final byte[] payload, final SigningKey key) throws GeneralSecurityException {
        System.arraycopy(header, 0, signed, 0, header.length);
        int position = header.length;
        signed[position++] = '.';
        position += StrictBase64Url.encode(payload, 0, payload.length, signed, position);
        signature.initSign(key.privateKey);
        signature.update(signed, 0, position);
        final byte[] raw = signature.sign();
        signed[position++] = '.';
        return position + StrictBase64Url.encode(raw, 0, raw.length, signed, position);
    }

    private int encrypt(final int signedLength, final EncryptionKey key, final byte[] nonce) throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, key.secretKey, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
        cipher.updateAAD(key.header);
        cipher.doFinal(signed, 0, signedLength, encrypted, 0);

        System.arraycopy(key.header, 0, token, 0, key.header.length);
        int position = key.header.length;
        // Between the two points: no encrypted key, the key is shared directly.
        token[position++] = '.';
        token[position++] = '.';
        position += StrictBase64Url.encode(nonce, 0, NONCE_LENGTH, token, position);
        token[position++] = '.';
        position += StrictBase64Url.encode(encrypted, 0, signedLength, token, position);
        token[position++] = '.';
        return position + StrictBase64Url.encode(encrypted, signedLength, TAG_LENGTH, token, position);
    }
}
