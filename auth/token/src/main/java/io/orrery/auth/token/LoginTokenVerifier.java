package io.orrery.auth.token;

import org.agrona.concurrent.EpochClock;

/**
 * Verifies login tokens by themselves. Whether one was revoked is in the auth server's store, by {@link TokenClaims#tokenId()}: the caller
 * looks there before it trusts a valid one, and answers {@link TokenStatus#REVOKED} itself. Nothing is remembered here. Thread safe.
 */
public final class LoginTokenVerifier {
    private final TokenChecker checker;
    private final EpochClock clock;

    private volatile VerifierKeys keys;

    /**
     * Creates a verifier.
     *
     * @param context concluded; its values are copied. Its longest life must cover that of login tokens.
     */
    public LoginTokenVerifier(final TokenVerifierContext context) {
        checker = new TokenChecker(context, TokenKind.LOGIN);
        clock = context.clock();
        keys = context.keys();
    }

    /**
     * Exchanges the keys.
     *
     * @param verifierKeys never null.
     */
    public void keys(final VerifierKeys verifierKeys) {
        keys = verifierKeys;
    }

    /**
     * Verifies a token.
     *
     * @param token from outside; anything, also null.
     * @return a verdict; never an exception.
     */
    public TokenVerdict verify(final String token) {
        return checker.check(token, keys, clock.time());
    }
}
