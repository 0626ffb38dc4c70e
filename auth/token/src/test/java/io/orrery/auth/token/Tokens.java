package io.orrery.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.agrona.concurrent.CachedEpochClock;

/** Issuers and verifiers of tests, and a forger that has every key. */
final class Tokens {
    static final long NOW_MS = 1_795_000_000_123L;
    static final String ISSUER = "https://auth.test:8443";
    static final String AUDIENCE = "orrery";
    static final long LIFE_MS = 300_000;
    static final long SKEW_MS = 5_000;

    final CachedEpochClock clock = clockAt(NOW_MS);
    final SeededRandom random = new SeededRandom(7);
    final KeyRing ring = KeyRing.generate(NOW_MS - 1_000_000, random);
    final AccessTokenIssuer issuer = new AccessTokenIssuer(issuerContext().conclude());
    final AccessTokenVerifier verifier = new AccessTokenVerifier(verifierContext().conclude());

    TokenIssuerContext issuerContext() {
        return new TokenIssuerContext().keyRing(ring).issuer(ISSUER).audience(AUDIENCE).lifeMs(LIFE_MS).clock(clock).random(random);
    }

    TokenVerifierContext verifierContext() {
        return new TokenVerifierContext().keys(ring.verifierKeys()).issuer(ISSUER).audience(AUDIENCE).clockSkewMs(SKEW_MS).clock(clock);
    }

    SigningKey signingKey() {
        return ring.signingKeyAt(NOW_MS);
    }

    EncryptionKey encryptionKey() {
        return ring.encryptionKeyAt(NOW_MS);
    }

    String claims() {
        return new String(ClaimsCodec.write(new TokenClaims(ISSUER, 42, AUDIENCE, "forged-token-id", NOW_MS, NOW_MS / 1000 * 1000,
            NOW_MS / 1000 * 1000 + 60_000, List.of("gm"))), StandardCharsets.US_ASCII);
    }

    String accessHeader() {
        return "{\"alg\":\"EdDSA\",\"kid\":\"" + signingKey().life().kid() + "\",\"typ\":\"at+jwt\"}";
    }

    String encryptionHeader() {
        return "{\"alg\":\"dir\",\"cty\":\"JWT\",\"enc\":\"A256GCM\",\"kid\":\"" + encryptionKey().life.kid() + "\"}";
    }

    /** Signs any claims under any header with the real key. */
    String signed(final String header, final String claims) {
        try {
            final String input = base64Url(header) + '.' + base64Url(claims);
            final Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(signingKey().privateKey);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + '.' + StrictBase64Url.encode(signature.sign());
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Encrypts any content under any header with the real key. */
    String encrypted(final String header, final String content) {
        try {
            final byte[] nonce = new byte[12];
            random.nextBytes(nonce);
            final String encodedHeader = base64Url(header);
            final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, encryptionKey().secretKey, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(encodedHeader.getBytes(StandardCharsets.US_ASCII));
            final byte[] sealed = cipher.doFinal(content.getBytes(StandardCharsets.ISO_8859_1));
            final byte[] body = Arrays.copyOf(sealed, sealed.length - 16);
            final byte[] tag = Arrays.copyOfRange(sealed, sealed.length - 16, sealed.length);
            return encodedHeader + ".." + StrictBase64Url.encode(nonce) + '.' + StrictBase64Url.encode(body) + '.'
                + StrictBase64Url.encode(tag);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String encrypted(final String content) {
        return encrypted(encryptionHeader(), content);
    }

    static CachedEpochClock clockAt(final long epochMs) {
        final CachedEpochClock clock = new CachedEpochClock();
        clock.update(epochMs);
        return clock;
    }

    static String base64Url(final String text) {
        return StrictBase64Url.encode(text.getBytes(StandardCharsets.UTF_8));
    }
}
