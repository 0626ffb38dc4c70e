package io.orrery.transport.http;

/** Lets requests in by the roles of their tokens. */
final class Roles {
    private Roles() {
    }

    /** Lets a request in and notes who sent it, or refuses it with 401 or 403. */
    static void check(final HttpRequest request, final Route.Needs needs, final RoleVerifier verifier) {
        if (needs.role() == null || needs.isOpenToLoopback() && isLocal(request)) {
            return;
        }
        final HttpPrincipal principal = principal(request, verifier);
        if (principal == null) {
            throw HttpProblem.unauthenticated();
        }
        if (!needs.role().isEmpty() && !principal.roles().contains(needs.role())) {
            throw HttpProblem.forbidden(needs.role());
        }
        request.principal(principal);
    }

    static boolean isLet(final HttpRequest request, final String role, final boolean isOpenToLoopback, final RoleVerifier verifier) {
        if (isOpenToLoopback && isLocal(request)) {
            return true;
        }
        final HttpPrincipal principal = principal(request, verifier);
        return principal != null && principal.roles().contains(role);
    }

    private static HttpPrincipal principal(final HttpRequest request, final RoleVerifier verifier) {
        final String token = request.bearerToken();
        return token == null || token.isEmpty() ? null : verifier.verify(token);
    }

    /** A proxy on this machine forwards strangers: what says that it was forwarded is not local. */
    private static boolean isLocal(final HttpRequest request) {
        return request.remoteAddress().isLoopbackAddress()
            && request.header("Forwarded") == null && request.header("X-Forwarded-For") == null && request.header("Via") == null;
    }
}
