package io.orrery.auth.token;

import java.util.List;

/**
 * Issues access tokens: who you are, for every server, for a short while. A token is a JWT signed with Ed25519 (so that who verifies cannot
 * forge) inside a JWE of A256GCM (so that who carries it cannot read). Equal claims never give equal text: id and nonce are random.
 *
 * <pre>
 * token    = BASE64URL(jwe header) ".." BASE64URL(nonce, 12) "." BASE64URL(encrypted jws) "." BASE64URL(tag, 16)
 * jwe header {"alg":"dir","cty":"JWT","enc":"A256GCM","kid":"K"}
 * jws      = BASE64URL(jws header) "." BASE64URL(claims) "." BASE64URL(signature, 64)
 * jws header {"alg":"EdDSA","kid":"K","typ":"at+jwt"}
 * claims     {"iss":"I","sub":"42","aud":"A","jti":"J","iat":1795000000.123,"nbf":1795000000,"exp":1795000300,"roles":["player"]}
 * </pre>
 *
 * <p>Thread safe. Memory: at most 64 sets of buffers, about 12 KiB each.
 */
public final class AccessTokenIssuer {
    /** Longest life of an access token, in milliseconds: one hour. */
    public static final long LIFE_MAX_MS = 60L * 60 * 1000;

    private final TokenIssuer issuer;

    /**
     * Creates an issuer.
     *
     * @param context concluded; its values are copied.
     * @throws IllegalArgumentException if tokens would live longer than {@link #LIFE_MAX_MS}.
     */
    public AccessTokenIssuer(final TokenIssuerContext context) {
        if (context.lifeMs() > LIFE_MAX_MS) {
            throw new IllegalArgumentException("lifeMs=" + context.lifeMs() + ", must be in " + TokenIssuerContext.LIFE_MIN_MS + ".."
                + LIFE_MAX_MS + " for access tokens");
        }
        issuer = new TokenIssuer(context, TokenKind.ACCESS);
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
     * Issues a token.
     *
     * @param accountId account, from 1.
     * @param roles names of roles, at most {@link TokenClaims#ROLE_COUNT_MAX}, each 1 to 32 of a-z, 0-9, '-', '.'.
     * @return the token and its claims.
     * @throws IllegalArgumentException naming the value and its bounds.
     * @throws IllegalStateException if no key is active because the clock stands before the first one.
     */
    public IssuedToken issue(final long accountId, final List<String> roles) {
        return issuer.issue(accountId, roles);
    }
}
