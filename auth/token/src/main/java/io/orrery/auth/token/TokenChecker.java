package io.orrery.auth.token;

import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * Opens tokens of one kind and checks parties and times. Any thread may call it; each call borrows a {@link TokenOpener}, of which a
 * bounded number is kept.
 */
final class TokenChecker {
    private final TokenKind kind;
    private final String issuer;
    private final String audience;
    private final long lifeMaxMs;
    private final long clockSkewMs;
    private final ManyToManyConcurrentArrayQueue<TokenOpener> openers = new ManyToManyConcurrentArrayQueue<>(TokenIssuer.KEPT_MAX);

    TokenChecker(final TokenVerifierContext context, final TokenKind kind) {
        context.checkConcluded();
        this.kind = kind;
        issuer = context.issuer();
        audience = kind.audienceOf(context.audience());
        lifeMaxMs = context.lifeMaxMs();
        clockSkewMs = context.clockSkewMs();
    }

    TokenVerdict check(final String token, final VerifierKeys keys, final long nowMs) {
        if (token == null) {
            return TokenVerdict.refusal(TokenStatus.MALFORMED);
        }
        if (token.length() > AccessTokenVerifier.TOKEN_CHARS_MAX) {
            return TokenVerdict.refusal(TokenStatus.TOO_LONG);
        }
        final TokenOpener kept = openers.poll();
        final TokenOpener opener = kept != null ? kept : new TokenOpener();
        final TokenStatus status = opener.open(token, keys, kind);
        final TokenClaims claims = opener.claims();
        // Full: enough are kept, this one is dropped.
        openers.offer(opener);
        return status == TokenStatus.VALID ? checkClaims(claims, nowMs) : TokenVerdict.refusal(status);
    }

    private TokenVerdict checkClaims(final TokenClaims claims, final long nowMs) {
        if (!claims.issuer().equals(issuer)) {
            return TokenVerdict.refusal(TokenStatus.WRONG_ISSUER);
        }
        if (!claims.audience().equals(audience)) {
            return TokenVerdict.refusal(TokenStatus.WRONG_AUDIENCE);
        }
        final long validFromMs = Math.max(claims.notBeforeMs(), claims.issuedAtMs()) - clockSkewMs;
        final long validUntilMs = Math.min(claims.expiresAtMs(), claims.issuedAtMs() + lifeMaxMs) + clockSkewMs;
        return TokenVerdict.genuine(claims, validFromMs, validUntilMs).at(nowMs);
    }
}
