package io.orrery.transport.http;

/** Port: who a bearer token belongs to. The mains wire it to the token library; called by virtual threads, any number at a time. */
public interface RoleVerifier {
    /**
     * Checks a token.
     *
     * @param bearerToken as it was sent: hostile until checked, at most the bytes that headers may have.
     * @return whose it is; null if it is not valid, for whatever reason.
     */
    HttpPrincipal verify(String bearerToken);
}
