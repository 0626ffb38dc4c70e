package io.orrery.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Decrypts, checks and reads one token at a time. Used by one thread at a time. Memory: buffers of
 * {@link AccessTokenVerifier#TOKEN_CHARS_MAX} bytes.
 *
 * <p>Guarantees (G1) no text from outside causes an exception to leave; (G2) a token has one text: a change of any character is refused;
 * (G3) a signature is only looked at in what someone with an encryption key made, so that strangers cannot buy an Ed25519 verification with
 * a made-up token; (G4) nothing in a token chooses an algorithm: each header must be, byte by byte, what we issue for a known key.
 */
final class TokenOpener {
    private static final int JWE_POINT_COUNT = 4;
    private static final int JWS_POINT_COUNT = 2;

    private final Signature signature = Ed25519.signature();
    private final Cipher cipher = TokenSealer.cipher();
    private final ClaimsCodec claimsCodec = new ClaimsCodec();
    private final int[] points = new int[JWE_POINT_COUNT];
    private final byte[] nonce = new byte[TokenSealer.NONCE_LENGTH];
    private final byte[] encrypted = new byte[AccessTokenVerifier.TOKEN_CHARS_MAX];
    private final byte[] signed = new byte[AccessTokenVerifier.TOKEN_CHARS_MAX];
    private final byte[] payload = new byte[AccessTokenVerifier.TOKEN_CHARS_MAX];
    private final byte[] signatureBytes = new byte[Ed25519.SIGNATURE_LENGTH];

    private TokenClaims claims;

    /** Opens a token no longer than the buffers: VALID means genuine and of that kind; its parties and times are not looked at. */
    TokenStatus open(final String token, final VerifierKeys keys, final TokenKind kind) {
        claims = null;
        final byte[] outer = token.getBytes(StandardCharsets.US_ASCII);
        if (!findPoints(outer, outer.length, JWE_POINT_COUNT)) {
            return TokenStatus.MALFORMED;
        }
        final int headerEnd = points[0];
        final int nonceStart = points[1] + 1;
        final int encryptedStart = points[2] + 1;
        final int tagStart = points[3] + 1;
        final boolean hasEncryptedKey = points[1] != headerEnd + 1;
        if (hasEncryptedKey
            || !isExactly(outer, nonceStart, points[2], nonce, TokenSealer.NONCE_LENGTH)
            || outer.length - tagStart != StrictBase64Url.encodedLength(TokenSealer.TAG_LENGTH)) {
            return TokenStatus.MALFORMED;
        }
        final int signedLength = StrictBase64Url.decode(outer, encryptedStart, points[3] - encryptedStart, encrypted, 0);
        if (signedLength <= 0 || StrictBase64Url.decode(outer, tagStart, outer.length - tagStart, encrypted, signedLength) < 0) {
            return TokenStatus.MALFORMED;
        }
        final EncryptionKey key = keys.encryptionKey(outer, 0, headerEnd);
        if (key == null) {
            return TokenKind.isJweHeader(outer, 0, headerEnd) ? TokenStatus.UNKNOWN_KEY : TokenStatus.MALFORMED;
        }
        if (!decrypt(key, signedLength)) {
            return TokenStatus.NOT_DECRYPTABLE;
        }
        return openSigned(signedLength, keys, kind, key);
    }

    /** Claims of what was opened last; null unless that was VALID. */
    TokenClaims claims() {
        return claims;
    }

    private TokenStatus openSigned(final int length, final VerifierKeys keys, final TokenKind kind, final EncryptionKey encryptionKey) {
        if (!findPoints(signed, length, JWS_POINT_COUNT)) {
            return TokenStatus.MALFORMED;
        }
        final int headerEnd = points[0];
        final int payloadEnd = points[1];
        final int payloadLength = StrictBase64Url.decode(signed, headerEnd + 1, payloadEnd - headerEnd - 1, payload, 0);
        if (payloadLength <= 0 || !isExactly(signed, payloadEnd + 1, length, signatureBytes, Ed25519.SIGNATURE_LENGTH)) {
            return TokenStatus.MALFORMED;
        }
        TokenKind foundKind = null;
        VerifyingKey key = null;
        for (int i = 0; i < TokenKind.ALL.length && key == null; i++) {
            foundKind = TokenKind.ALL[i];
            key = keys.verifyingKey(foundKind, signed, 0, headerEnd);
        }
        if (key == null) {
            return TokenKind.isJwsHeader(signed, 0, headerEnd) ? TokenStatus.UNKNOWN_KEY : TokenStatus.MALFORMED;
        }
        if (!verify(key, payloadEnd)) {
            return TokenStatus.BAD_SIGNATURE;
        }
        if (foundKind != kind) {
            return TokenStatus.WRONG_TYPE;
        }
        final TokenClaims read = claimsCodec.read(payload, 0, payloadLength);
        if (read == null) {
            return TokenStatus.MALFORMED;
        }
        if (!key.life.isActiveAt(read.issuedAtMs()) || !encryptionKey.life.isActiveAt(read.issuedAtMs())) {
            return TokenStatus.UNKNOWN_KEY;
        }
        claims = read;
        return TokenStatus.VALID;
    }

    private boolean decrypt(final EncryptionKey key, final int signedLength) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key.secretKey, new GCMParameterSpec(TokenSealer.TAG_LENGTH * Byte.SIZE, nonce));
            cipher.updateAAD(key.header);
            return cipher.doFinal(encrypted, 0, signedLength + TokenSealer.TAG_LENGTH, signed, 0) == signedLength;
        } catch (final GeneralSecurityException altered) {
            return false;
        }
    }

    private boolean verify(final VerifyingKey key, final int signedLength) {
        try {
            signature.initVerify(key.publicKey);
            signature.update(signed, 0, signedLength);
            return signature.verify(signatureBytes);
        } catch (final GeneralSecurityException notEvenASignature) {
            return false;
        }
    }

    /** Finds the points that part a compact form; false unless there are exactly so many. */
    private boolean findPoints(final byte[] text, final int length, final int count) {
        int foundCount = 0;
        for (int i = 0; i < length; i++) {
            if (text[i] == '.') {
                if (foundCount == count) {
                    return false;
                }
                points[foundCount++] = i;
            }
        }
        return foundCount == count;
    }

    private static boolean isExactly(final byte[] text, final int start, final int end, final byte[] target, final int byteCount) {
        return end - start == StrictBase64Url.encodedLength(byteCount)
            && StrictBase64Url.decode(text, start, end - start, target, 0) == byteCount;
    }
}
