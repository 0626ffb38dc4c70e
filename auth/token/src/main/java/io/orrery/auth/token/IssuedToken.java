package io.orrery.auth.token;

/**
 * A token just issued. Its text is a secret of its bearer.
 *
 * @param text compact form, at most {@link AccessTokenVerifier#TOKEN_CHARS_MAX} characters; for the bearer alone, never for a log.
 * @param claims what it says; fit for an audit log.
 */
public record IssuedToken(String text, TokenClaims claims) {
    @Override
    public String toString() {
        return "IssuedToken[tokenId=" + claims.tokenId() + ", accountId=" + claims.accountId() + ", text masked]";
    }
}
