package io.orrery.auth.token;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was taken back: tokens, accounts up to a time of issue, everything up to a time of issue. Each is remembered until the tokens it
 * concerns have expired anyhow. Any thread reads without a lock; writers, which are rare, take turns. Memory: at most {@code capacity}
 * tokens and as many accounts.
 */
final class Revocations {
    private final int capacity;
    /** How long after its issue a token is good at most, clock skew included. */
    private final long lifeMaxMs;
    /** Token id to when it may be forgotten. */
    private final Map<String, Long> tokens = new ConcurrentHashMap<>();
    /** Account id to the last time of issue that is refused. */
    private final Map<Long, Long> accounts = new ConcurrentHashMap<>();
    private volatile long allIssuedUntilMs = Long.MIN_VALUE;

    Revocations(final int capacity, final long lifeMaxMs) {
        this.capacity = capacity;
        this.lifeMaxMs = lifeMaxMs;
    }

    boolean isRevoked(final TokenClaims claims) {
        if (claims.issuedAtMs() <= allIssuedUntilMs || tokens.containsKey(claims.tokenId())) {
            return true;
        }
        final Long issuedUntilMs = accounts.get(claims.accountId());
        return issuedUntilMs != null && claims.issuedAtMs() <= issuedUntilMs;
    }

    /** Remembers a token; false if no more can be remembered and nothing changed. */
    synchronized boolean addToken(final String tokenId, final long nowMs) {
        if (!tokens.containsKey(tokenId) && tokens.size() >= capacity) {
            tokens.values().removeIf(forgetAtMs -> forgetAtMs <= nowMs);
            if (tokens.size() >= capacity) {
                return false;
            }
        }
        // Its time of issue is unknown here, but not later than now and the clock skew, which the life has twice.
        tokens.put(tokenId, nowMs + lifeMaxMs);
        return true;
    }

    /** Remembers an account; false if no more can be remembered and nothing changed. */
    synchronized boolean addAccount(final long accountId, final long issuedUntilMs, final long nowMs) {
        if (!accounts.containsKey(accountId) && accounts.size() >= capacity) {
            accounts.values().removeIf(untilMs -> untilMs <= nowMs - lifeMaxMs);
            if (accounts.size() >= capacity) {
                return false;
            }
        }
        accounts.merge(accountId, issuedUntilMs, Math::max);
        return true;
    }

    synchronized void addAll(final long issuedUntilMs) {
        allIssuedUntilMs = Math.max(allIssuedUntilMs, issuedUntilMs);
    }

    int count() {
        return tokens.size() + accounts.size();
    }
}
