package io.orrery.auth.token;

/**
 * What became of a token: a status and, when it is valid, its claims. Immutable and shared; a refusal carries nothing of the token.
 */
public final class TokenVerdict {
    /** {@code [status ordinal]}, one shared verdict for each refusal. */
    private static final TokenVerdict[] REFUSALS = new TokenVerdict[TokenStatus.values().length];

    static {
        for (final TokenStatus status : TokenStatus.values()) {
            REFUSALS[status.ordinal()] = new TokenVerdict(status, null, 0, 0);
        }
    }

    private final TokenStatus status;
    private final TokenClaims claims;
    private final long validFromMs;
    private final long validUntilMs;

    private TokenVerdict(final TokenStatus status, final TokenClaims claims, final long validFromMs, final long validUntilMs) {
        this.status = status;
        this.claims = claims;
        this.validFromMs = validFromMs;
        this.validUntilMs = validUntilMs;
    }

    static TokenVerdict refusal(final TokenStatus status) {
        return REFUSALS[status.ordinal()];
    }

    /** A verdict over genuine claims that holds from a time (inclusive) until a time (exclusive), clock skew included. */
    static TokenVerdict genuine(final TokenClaims claims, final long validFromMs, final long validUntilMs) {
        return new TokenVerdict(TokenStatus.VALID, claims, validFromMs, validUntilMs);
    }

    /**
     * The reason.
     *
     * @return {@link TokenStatus#VALID} or why the token is refused.
     */
    public TokenStatus status() {
        return status;
    }

    /**
     * Tells whether the token is good.
     *
     * @return true if its claims may be relied on.
     */
    public boolean isValid() {
        return status == TokenStatus.VALID;
    }

    /**
     * What the token says.
     *
     * @return its claims; null unless {@link #isValid()}.
     */
    public TokenClaims claims() {
        return claims;
    }

    /** This verdict if it holds at a time, or the refusal that takes its place. */
    TokenVerdict at(final long nowMs) {
        if (nowMs >= validUntilMs) {
            return refusal(TokenStatus.EXPIRED);
        }
        return nowMs < validFromMs ? refusal(TokenStatus.NOT_YET_VALID) : this;
    }

    boolean isOverAt(final long nowMs) {
        return nowMs >= validUntilMs;
    }

    @Override
    public String toString() {
        return isValid() ? "VALID for account " + claims.accountId() : status.toString();
    }
}
