package io.orrery.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * Dates, signs and encrypts tokens of one kind. Any thread may call it; each call borrows a {@link TokenSealer}, of which a bounded number
 * is kept. The ring may be exchanged at any time by any thread.
 */
final class TokenIssuer {
    /** Sealers or openers kept for re-use: more than processors ever run at once; further ones are made and dropped. */
    static final int KEPT_MAX = 64;

    private static final int TOKEN_ID_LENGTH = 16;

    private final TokenKind kind;
    private final String issuer;
    private final String audience;
    private final long lifeMs;
    private final EpochClock clock;
    private final SecureRandom random;
    private final ManyToManyConcurrentArrayQueue<TokenSealer> sealers = new ManyToManyConcurrentArrayQueue<>(KEPT_MAX);

    private volatile KeyRing keyRing;

    TokenIssuer(final TokenIssuerContext context, final TokenKind kind) {
        context.checkConcluded();
        this.kind = kind;
        issuer = context.issuer();
        audience = kind.audienceOf(context.audience());
        lifeMs = context.lifeMs();
        clock = context.clock();
        random = context.random();
        keyRing = context.keyRing();
    }

    void keyRing(final KeyRing ring) {
        keyRing = ring;
    }

    IssuedToken issue(final long accountId, final List<String> roles) {
        if (accountId < 1) {
            throw new IllegalArgumentException("accountId=" + accountId + ", must be >= 1");
        }
        if (roles.size() > TokenClaims.ROLE_COUNT_MAX) {
            throw new IllegalArgumentException("roleCount=" + roles.size() + ", must be in 0.." + TokenClaims.ROLE_COUNT_MAX);
        }
        roles.forEach(Names::checkRole);

        final KeyRing ring = keyRing;
        final long nowMs = clock.time();
        final SigningKey signingKey = ring.signingKeyAt(nowMs);
        final EncryptionKey encryptionKey = ring.encryptionKeyAt(nowMs);
        if (signingKey == null || encryptionKey == null) {
            throw new IllegalStateException("no key is active at " + KeyTextWriter.textOf(nowMs) + ": the clock stands before " + ring);
        }
        final byte[] tokenIdBytes = new byte[TOKEN_ID_LENGTH];
        random.nextBytes(tokenIdBytes);
        final byte[] nonce = new byte[TokenSealer.NONCE_LENGTH];
        random.nextBytes(nonce);
        final TokenClaims claims = new TokenClaims(issuer, accountId, audience, StrictBase64Url.encode(tokenIdBytes), nowMs,
            nowMs - nowMs % 1000, (nowMs + lifeMs) / 1000 * 1000, roles);
        return new IssuedToken(seal(claims, signingKey, encryptionKey, nonce), claims);
    }

    private String seal(final TokenClaims claims, final SigningKey signingKey, final EncryptionKey encryptionKey, final byte[] nonce) {
        final TokenSealer kept = sealers.poll();
        final TokenSealer sealer = kept != null ? kept : new TokenSealer();
        final byte[] header = signingKey.verifying.headers[kind.ordinal()];
        final int length = sealer.seal(header, ClaimsCodec.write(claims), signingKey, encryptionKey, nonce);
        final String text = new String(sealer.token(), 0, length, StandardCharsets.US_ASCII);
        // Full: enough are kept, this one is dropped.
        sealers.offer(sealer);
        return text;
    }
}
