package io.orrery.auth.token;

import java.util.concurrent.atomic.LongAdder;
import org.agrona.concurrent.EpochClock;

/**
 * Verifies access tokens without asking anyone: every server that is shown one has such a verifier. Tokens seen before are found in a
 * bounded cache; expiry is checked every time, and revocation and an exchange of keys clear what they concern.
 *
 * <p>Thread safe, without a lock on {@link #verify}. A token seen before allocates nothing.
 *
 * <p>Guarantees (G1) whatever is shown, {@link #verify} returns a status and throws nothing; (G2) once a method that revokes has returned
 * true, no call that begins later finds the token valid; (G3) once {@link #keys} has returned, no call that begins later finds a token
 * valid whose keys are gone.
 */
public final class AccessTokenVerifier {
    /** Longest token that is looked at, in characters; usual ones have about 600. */
    public static final int TOKEN_CHARS_MAX = 4096;

    private final TokenChecker checker;
    private final EpochClock clock;
    private final VerifiedTokenCache cache;
    private final Revocations revocations;
    /** {@code [status ordinal]}, how often each was the answer. */
    private final LongAdder[] statusCounts = new LongAdder[TokenStatus.values().length];
    private final LongAdder cacheHitCount = new LongAdder();

    private volatile VerifierKeys keys;

    /**
     * Creates a verifier that has seen no token.
     *
     * @param context concluded; its values are copied.
     */
    public AccessTokenVerifier(final TokenVerifierContext context) {
        checker = new TokenChecker(context, TokenKind.ACCESS);
        clock = context.clock();
        keys = context.keys();
        cache = new VerifiedTokenCache(context.cacheCapacity());
        revocations = new Revocations(context.revocationCapacity(), context.lifeMaxMs() + 2 * context.clockSkewMs());
        for (int i = 0; i < statusCounts.length; i++) {
            statusCounts[i] = new LongAdder();
        }
    }

    /**
     * Verifies a token.
     *
     * @param token from outside; anything, also null. Its text is kept while the token is in the cache.
     * @return a verdict; never an exception.
     */
    public TokenVerdict verify(final String token) {
        final VerifierKeys currentKeys = keys;
        final long nowMs = clock.time();
        final boolean isReadable = token != null && token.length() <= TOKEN_CHARS_MAX;
        final TokenVerdict cached = isReadable ? cache.find(token, currentKeys) : null;
        final TokenVerdict verdict;
        if (cached != null) {
            cacheHitCount.increment();
            verdict = cached.at(nowMs);
        } else {
            verdict = verifyFirst(token, currentKeys, nowMs);
        }
        statusCounts[verdict.status().ordinal()].increment();
        return verdict;
    }

    /**
     * Exchanges the keys and forgets every verified token.
     *
     * @param verifierKeys never null.
     */
    public void keys(final VerifierKeys verifierKeys) {
        keys = verifierKeys;
        cache.removeIf(claims -> true);
    }

    /**
     * Takes one token back.
     *
     * @param tokenId its {@code jti}.
     * @return false if as many are remembered as fit, and nothing was done: take the whole account back instead, or everything.
     */
    public boolean revokeToken(final String tokenId) {
        if (!revocations.addToken(tokenId, clock.time())) {
            return false;
        }
        cache.removeIf(claims -> claims.tokenId().equals(tokenId));
        return true;
    }

    /**
     * Takes back all tokens of an account that were issued up to a time.
     *
     * @param accountId account.
     * @param issuedUntilMs epoch milliseconds by the issuer's clock, inclusive; a login of the same millisecond is refused too.
     * @return false if as many are remembered as fit, and nothing was done: take everything back instead.
     */
    public boolean revokeAccount(final long accountId, final long issuedUntilMs) {
        if (!revocations.addAccount(accountId, issuedUntilMs, clock.time())) {
            return false;
        }
        cache.removeIf(claims -> claims.accountId() == accountId && claims.issuedAtMs() <= issuedUntilMs);
        return true;
    }

    /**
     * Takes back every token that was issued up to a time; there is always room for that.
     *
     * @param issuedUntilMs epoch milliseconds by the issuer's clock, inclusive.
     */
    public void revokeEverything(final long issuedUntilMs) {
        revocations.addAll(issuedUntilMs);
        cache.removeIf(claims -> claims.issuedAtMs() <= issuedUntilMs);
    }

    /**
     * How often a status was the answer.
     *
     * @param status which.
     * @return count since creation.
     */
    public long count(final TokenStatus status) {
        return statusCounts[status.ordinal()].sum();
    }

    /**
     * How often a token was found in the cache.
     *
     * @return count since creation.
     */
    public long cacheHitCount() {
        return cacheHitCount.sum();
    }

    /**
     * Verified tokens held; looks at every place, so for metrics and not for requests.
     *
     * @return count now.
     */
    public int cachedTokenCount() {
        return cache.entryCount();
    }

    /**
     * Revocations remembered.
     *
     * @return count now, of tokens and of accounts together.
     */
    public int revocationCount() {
        return revocations.count();
    }

    private TokenVerdict verifyFirst(final String token, final VerifierKeys currentKeys, final long nowMs) {
        final TokenVerdict verdict = checker.check(token, currentKeys, nowMs);
        if (!verdict.isValid()) {
            return verdict;
        }
        cache.put(token, currentKeys, verdict, nowMs);
        // After the put, not before: a revocation either finds the entry in the cache or is seen here (both sides are volatile).
        if (revocations.isRevoked(verdict.claims())) {
            cache.removeIf(claims -> claims.tokenId().equals(verdict.claims().tokenId()));
            return TokenVerdict.refusal(TokenStatus.REVOKED);
        }
        return verdict;
    }
}
