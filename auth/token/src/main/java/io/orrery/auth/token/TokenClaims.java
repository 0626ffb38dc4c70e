package io.orrery.auth.token;

import java.util.List;

/**
 * What a token says. It names the account and nothing of a session: a session is state of the user that a lobby keeps, and a token outlives
 * or survives it. Immutable.
 *
 * @param issuer who issued it ({@code iss}).
 * @param accountId account ({@code sub}), from 1.
 * @param audience whom it is for ({@code aud}); starts with {@code login:} in login tokens.
 * @param tokenId its own id ({@code jti}): 128 random bits as 22 characters of base64url.
 * @param issuedAtMs when it was issued ({@code iat}), epoch milliseconds.
 * @param notBeforeMs from when it is good ({@code nbf}), epoch milliseconds, whole seconds.
 * @param expiresAtMs from when it is no longer good ({@code exp}), epoch milliseconds, whole seconds.
 * @param roles names of roles, at most {@link #ROLE_COUNT_MAX}; never null.
 */
public record TokenClaims(
    String issuer,
    long accountId,
    String audience,
    String tokenId,
    long issuedAtMs,
    long notBeforeMs,
    long expiresAtMs,
    List<String> roles) {

    /** Most roles in one token. */
    public static final int ROLE_COUNT_MAX = 16;
    /** Role of an account that may play. */
    public static final String ROLE_PLAYER = "player";
    /** Role of a game master. */
    public static final String ROLE_GAME_MASTER = "gm";
    /** Role that may use administration endpoints. */
    public static final String ROLE_ADMIN = "admin";

    /** Copies the roles. */
    public TokenClaims {
        roles = List.copyOf(roles);
    }

    /**
     * Tells whether the account had a role when the token was issued.
     *
     * @param role name, for example {@link #ROLE_PLAYER}.
     * @return true if it did.
     */
    public boolean hasRole(final String role) {
        return roles.contains(role);
    }
}
