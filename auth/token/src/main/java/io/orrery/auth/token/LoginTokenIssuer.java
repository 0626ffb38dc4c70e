package io.orrery.auth.token;

import java.util.List;

/**
 * Issues login tokens: what stands in a {@link LoginTokenFile} instead of a password and is shown to the auth server alone. Its form is
 * that of an access token, with the type {@code login+jwt} and an audience that begins with {@code login:}, so that neither passes for the
 * other.
 *
 * <p>Whoever issues one remembers its id, for listing and revoking. They live long: give them a ring of their own, so that the keys of
 * access tokens are dropped soon after rotation and whoever verifies access tokens cannot read login tokens. Thread safe.
 */
public final class LoginTokenIssuer {
    private final TokenIssuer issuer;

    /**
     * Creates an issuer.
     *
     * @param context concluded; its values are copied.
     */
    public LoginTokenIssuer(final TokenIssuerContext context) {
        issuer = new TokenIssuer(context, TokenKind.LOGIN);
    }

    /**
     * Exchanges the keys; the next token uses them.
     *
     * @param ring never null.
     */
    public void keyRing(final KeyRing ring) {
        issuer.keyRing(ring);
    }

    /**
     * Issues a token. It carries no role: those are the account's when it logs in.
     *
     * @param accountId account, from 1.
     * @return the token and its claims.
     * @throws IllegalArgumentException naming the value and its bounds.
     * @throws IllegalStateException if no key is active because the clock stands before the first one.
     */
    public IssuedToken issue(final long accountId) {
        return issuer.issue(accountId, List.of());
    }
}
