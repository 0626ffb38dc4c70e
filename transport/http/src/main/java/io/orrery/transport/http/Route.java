package io.orrery.transport.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A method and a path, what a request must bring to be let in, and the handler that answers it. Immutable; {@code with...} calls return
 * changed copies.
 */
public final class Route {
    /** Stands for the server's own limit of body bytes. */
    static final int BODY_BYTES_OF_SERVER = -1;
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]*");
    private static final Pattern PARAMETER = Pattern.compile("\\{[a-z][A-Za-z0-9]*}");

    private final String method;
    private final String pattern;
    private final List<String> segments;
    private final HttpHandler handler;
    private Needs needs = new Needs(BODY_BYTES_OF_SERVER, null, false, HttpResponse.JSON, HttpResponse.JSON, null);

    /**
     * What a request must bring.
     *
     * @param bodyBytesMax most bytes of the body.
     * @param role that is needed; null for none, empty for any valid token.
     * @param isOpenToLoopback whether loopback needs no role.
     * @param requestType media type of the body; null for any.
     * @param responseType media type of the answer, that the client must accept.
     * @param rateLimiter per client address; null for none.
     */
    record Needs(
        int bodyBytesMax, String role, boolean isOpenToLoopback, String requestType, String responseType, RateLimiter rateLimiter) {
    }

    private Route(final String method, final String pattern, final HttpHandler handler) {
        this.method = method;
        this.pattern = pattern;
        this.handler = handler;
        segments = new ArrayList<>();
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("pattern=" + pattern + ", must begin with /");
        }
        for (final String segment : pattern.substring(1).split("/", -1)) {
            if (!LITERAL.matcher(segment).matches() && !PARAMETER.matcher(segment).matches()) {
                throw new IllegalArgumentException("pattern=" + pattern + ", must have segments of letters, digits or {parameter}");
            }
            segments.add(segment);
        }
    }

    private Route(final Route original, final Needs needs) {
        this(original.method, original.pattern, original.handler);
        this.needs = needs;
    }

    /**
     * A route for reading; it answers HEAD too.
     *
     * @param pattern path, with parameters in braces as whole segments: {@code /v1/characters/{id}}.
     * @param handler answers the requests.
     * @return the route.
     */
    public static Route get(final String pattern, final HttpHandler handler) {
        return new Route("GET", pattern, handler);
    }

    /**
     * A route for doing.
     *
     * @param pattern path, as in {@link #get}.
     * @param handler answers the requests.
     * @return the route.
     */
    public static Route post(final String pattern, final HttpHandler handler) {
        return new Route("POST", pattern, handler);
    }

    /**
     * A route for replacing.
     *
     * @param pattern path, as in {@link #get}.
     * @param handler answers the requests.
     * @return the route.
     */
    public static Route put(final String pattern, final HttpHandler handler) {
        return new Route("PUT", pattern, handler);
    }

    /**
     * A route for deleting.
     *
     * @param pattern path, as in {@link #get}.
     * @param handler answers the requests.
     * @return the route.
     */
    public static Route delete(final String pattern, final HttpHandler handler) {
        return new Route("DELETE", pattern, handler);
    }

    /**
     * Sets how long a body may be.
     *
     * @param bytesMax bytes, from 0, at most the server's own limit.
     * @return a copy.
     */
    public Route withBodyBytesMax(final int bytesMax) {
        return new Route(this, new Needs(
            bytesMax, needs.role, needs.isOpenToLoopback, needs.requestType, needs.responseType, needs.rateLimiter));
    }

    /**
     * Lets in only who has a role.
     *
     * @param role that the token must hold; empty if any valid token will do.
     * @return a copy.
     */
    public Route withRole(final String role) {
        return new Route(this, new Needs(
            needs.bodyBytesMax, role, false, needs.requestType, needs.responseType, needs.rateLimiter));
    }

    /**
     * Lets in who has a role, and whoever connects from this machine (but not through a proxy, as far as headers tell).
     *
     * @param role that the token must hold; empty if any valid token will do.
     * @return a copy.
     */
    public Route withRoleOrLoopback(final String role) {
        return new Route(this, new Needs(
            needs.bodyBytesMax, role, true, needs.requestType, needs.responseType, needs.rateLimiter));
    }

    /**
     * Sets the media types.
     *
     * @param requestType of a body; null for any.
     * @param responseType of an answer, refused with 406 to clients that do not accept it.
     * @return a copy.
     */
    public Route withMediaTypes(final String requestType, final String responseType) {
        return new Route(this, new Needs(
            needs.bodyBytesMax, needs.role, needs.isOpenToLoopback, requestType, responseType, needs.rateLimiter));
    }

    /**
     * Limits the rate of each client address.
     *
     * @param rateLimiter may be shared by several routes.
     * @return a copy.
     */
    public Route withRateLimiter(final RateLimiter rateLimiter) {
        return new Route(this, new Needs(
            needs.bodyBytesMax, needs.role, needs.isOpenToLoopback, needs.requestType, needs.responseType, rateLimiter));
    }

    String method() {
        return method;
    }

    String pattern() {
        return pattern;
    }

    HttpHandler handler() {
        return handler;
    }

    Needs needs() {
        return needs;
    }

    /** Parameters of a path that fits, an empty map if the pattern has none, null if the path does not fit. */
    Map<String, String> match(final List<String> path) {
        if (path.size() != segments.size()) {
            return null;
        }
        final Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            final String segment = segments.get(i);
            if (segment.startsWith("{")) {
                if (path.get(i).isEmpty()) {
                    return null;
                }
                parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return null;
            }
        }
        return parameters;
    }
}
