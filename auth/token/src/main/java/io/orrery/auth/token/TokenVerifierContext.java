package io.orrery.auth.token;

import io.orrery.platform.config.Ranges;
import org.agrona.BitUtil;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Configuration of an {@link AccessTokenVerifier} or a {@link LoginTokenVerifier}. Filled by setters, checked and frozen once by
 * {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class TokenVerifierContext {
    /** Most clock skew that can be allowed, in milliseconds: five minutes. */
    public static final long CLOCK_SKEW_MAX_MS = 5L * 60 * 1000;
    /** Clock skew allowed when nothing is said, in milliseconds. */
    public static final long CLOCK_SKEW_DEFAULT_MS = 5_000L;
    /** Fewest verified tokens that the cache holds. */
    public static final int CACHE_CAPACITY_MIN = 16;
    /** Most verified tokens that the cache can hold. */
    public static final int CACHE_CAPACITY_MAX = 1 << 20;
    /** Verified tokens that the cache holds when nothing is said: about 10 MB of usual tokens, 40 MB of the longest. */
    public static final int CACHE_CAPACITY_DEFAULT = 8192;
    /** Most revocations that can be remembered at once, of tokens and of accounts each. */
    public static final int REVOCATION_CAPACITY_MAX = 1 << 20;
    /** Revocations remembered at once when nothing is said, of tokens and of accounts each. */
    public static final int REVOCATION_CAPACITY_DEFAULT = 65_536;

    private VerifierKeys keys;
    private String issuer;
    private String audience;
    private long lifeMaxMs = AccessTokenIssuer.LIFE_MAX_MS;
    private long clockSkewMs = CLOCK_SKEW_DEFAULT_MS;
    private int cacheCapacity = CACHE_CAPACITY_DEFAULT;
    private int revocationCapacity = REVOCATION_CAPACITY_DEFAULT;
    private EpochClock clock = SystemEpochClock.INSTANCE;
    private boolean isConcluded;

    /**
     * Sets the keys to begin with.
     *
     * @param verifierKeys never null.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenVerifierContext keys(final VerifierKeys verifierKeys) {
        checkOpen();
        keys = verifierKeys;
        return this;
    }

    /**
     * Sets whose tokens are accepted.
     *
     * @param name exactly what the issuer calls itself.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenVerifierContext issuer(final String name) {
        checkOpen();
        issuer = name;
        return this;
    }

    /**
     * Sets the audience that tokens must be for.
     *
     * @param name exactly what the issuer writes, not beginning with {@code login:}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenVerifierContext audience(final String name) {
        checkOpen();
        audience = name;
        return this;
    }

    /**
     * Sets how old a token may become, whatever it says: bounds what a stolen retired key and what forgotten revocations can do.
     *
     * @param ms milliseconds, at least the life that the issuer gives; {@link AccessTokenIssuer#LIFE_MAX_MS} when nothing is said.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenVerifierContext lifeMaxMs(final long ms) {
        checkOpen();
        lifeMaxMs = ms;
        return this;
    }

    /**
     * Sets by how much the clocks of issuer and verifier may differ.
     *
     * @param ms milliseconds, 0 to {@link #CLOCK_SKEW_MAX_MS}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenVerifierContext clockSkewMs(final long ms) {
        checkOpen();
        clockSkewMs = ms;
        return this;
    }

    /**
     * Sets how many verified tokens are remembered; login tokens are never remembered.
     *
     * @param count {@link #CACHE_CAPACITY_MIN} to {@link #CACHE_CAPACITY_MAX}; rounded up to a power of two.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenVerifierContext cacheCapacity(final int count) {
        checkOpen();
        cacheCapacity = count;
        return this;
    }

    /**
     * Sets how many revoked tokens, and as many revoked accounts, are remembered until their tokens have expired anyhow.
     *
     * @param count 1 to {@link #REVOCATION_CAPACITY_MAX}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenVerifierContext revocationCapacity(final int count) {
        checkOpen();
        revocationCapacity = count;
        return this;
    }

    /**
     * Sets the clock that tokens are held against; tests pass one they move by hand.
     *
     * @param epochClock wall clock, epoch milliseconds.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenVerifierContext clock(final EpochClock epochClock) {
        checkOpen();
        clock = epochClock;
        return this;
    }

    /**
     * Checks every value, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public TokenVerifierContext conclude() {
        checkOpen();
        Ranges.required("keys", keys);
        Names.checkParty("issuer", issuer);
        TokenKind.checkAudience(audience);
        Ranges.check("lifeMaxMs", lifeMaxMs, TokenIssuerContext.LIFE_MIN_MS, TokenIssuerContext.LIFE_MAX_MS);
        Ranges.check("clockSkewMs", clockSkewMs, 0L, CLOCK_SKEW_MAX_MS);
        Ranges.check("cacheCapacity", cacheCapacity, CACHE_CAPACITY_MIN, CACHE_CAPACITY_MAX);
        Ranges.check("revocationCapacity", revocationCapacity, 1, REVOCATION_CAPACITY_MAX);
        Ranges.required("clock", clock);
        cacheCapacity = BitUtil.findNextPositivePowerOfTwo(cacheCapacity);
        isConcluded = true;
        return this;
    }

    VerifierKeys keys() {
        return keys;
    }

    String issuer() {
        return issuer;
    }

    String audience() {
        return audience;
    }

    long lifeMaxMs() {
        return lifeMaxMs;
    }

    long clockSkewMs() {
        return clockSkewMs;
    }

    int cacheCapacity() {
        return cacheCapacity;
    }

    int revocationCapacity() {
        return revocationCapacity;
    }

    EpochClock clock() {
        return clock;
    }

    void checkConcluded() {
        if (!isConcluded) {
            throw new IllegalStateException("TokenVerifierContext is not concluded");
        }
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("TokenVerifierContext is concluded");
        }
    }
}
