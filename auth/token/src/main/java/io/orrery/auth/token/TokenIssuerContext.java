package io.orrery.auth.token;

import io.orrery.platform.config.Ranges;
import java.security.SecureRandom;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Configuration of an {@link AccessTokenIssuer} or a {@link LoginTokenIssuer}. Filled by setters, checked and frozen once by
 * {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class TokenIssuerContext {
    /** Shortest life of a token, in milliseconds. */
    public static final long LIFE_MIN_MS = 1_000L;
    /** Longest life of a token, in milliseconds: 400 days. Access tokens are held to {@link AccessTokenIssuer#LIFE_MAX_MS}. */
    public static final long LIFE_MAX_MS = 400L * 24 * 60 * 60 * 1000;
    /** Life of a token when nothing is said, in milliseconds: five minutes. */
    public static final long LIFE_DEFAULT_MS = 5L * 60 * 1000;

    private KeyRing keyRing;
    private String issuer;
    private String audience;
    private long lifeMs = LIFE_DEFAULT_MS;
    private EpochClock clock = SystemEpochClock.INSTANCE;
    private SecureRandom random;
    private boolean isConcluded;

    /**
     * Sets the keys to begin with.
     *
     * @param ring never null.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenIssuerContext keyRing(final KeyRing ring) {
        checkOpen();
        keyRing = ring;
        return this;
    }

    /**
     * Sets the name of the issuer.
     *
     * @param name visible ASCII, by habit the address of the auth server.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenIssuerContext issuer(final String name) {
        checkOpen();
        issuer = name;
        return this;
    }

    /**
     * Sets whom the tokens are for.
     *
     * @param name visible ASCII, not beginning with {@code login:}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenIssuerContext audience(final String name) {
        checkOpen();
        audience = name;
        return this;
    }

    /**
     * Sets how long a token is good; its end is rounded down to a whole second.
     *
     * @param ms milliseconds, {@link #LIFE_MIN_MS} to {@link #LIFE_MAX_MS}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenIssuerContext lifeMs(final long ms) {
        checkOpen();
        lifeMs = ms;
        return this;
    }

    /**
     * Sets the clock that dates tokens; tests pass one they move by hand.
     *
     * @param epochClock wall clock, epoch milliseconds.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenIssuerContext clock(final EpochClock epochClock) {
        checkOpen();
        clock = epochClock;
        return this;
    }

    /**
     * Sets the source of token ids and nonces.
     *
     * @param secureRandom thread safe; unpredictable outside of tests. The JDK's default when nothing is said.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public TokenIssuerContext random(final SecureRandom secureRandom) {
        checkOpen();
        random = secureRandom;
        return this;
    }

    /**
     * Checks every value, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public TokenIssuerContext conclude() {
        checkOpen();
        Ranges.required("keyRing", keyRing);
        Names.checkParty("issuer", issuer);
        TokenKind.checkAudience(audience);
        Ranges.check("lifeMs", lifeMs, LIFE_MIN_MS, LIFE_MAX_MS);
        Ranges.required("clock", clock);
        if (random == null) {
            random = new SecureRandom();
        }
        isConcluded = true;
        return this;
    }

    KeyRing keyRing() {
        return keyRing;
    }

    String issuer() {
        return issuer;
    }

    String audience() {
        return audience;
    }

    long lifeMs() {
        return lifeMs;
    }

    EpochClock clock() {
        return clock;
    }

    SecureRandom random() {
        return random;
    }

    void checkConcluded() {
        if (!isConcluded) {
            throw new IllegalStateException("TokenIssuerContext is not concluded");
        }
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("TokenIssuerContext is concluded");
        }
    }
}
