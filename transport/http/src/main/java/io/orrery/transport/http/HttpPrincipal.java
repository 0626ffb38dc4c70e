package io.orrery.transport.http;

import java.util.Set;

/**
 * Who sent a request, as a {@link RoleVerifier} found out.
 *
 * @param id of the account.
 * @param roles it has.
 */
public record HttpPrincipal(String id, Set<String> roles) {
    /**
     * Copies the roles.
     *
     * @param id of the account.
     * @param roles it has.
     */
    public HttpPrincipal {
        roles = Set.copyOf(roles);
    }
}
