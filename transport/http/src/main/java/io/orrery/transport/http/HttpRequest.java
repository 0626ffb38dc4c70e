package io.orrery.transport.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.orrery.transport.http.json.JsonFault;
import io.orrery.transport.http.json.JsonObject;
import java.net.InetAddress;
import java.util.Map;

/** A request that has passed the limits of its route, with its whole body. Valid inside {@link HttpHandler#onRequest} only. */
public final class HttpRequest {
    private final String method;
    private final String path;
    private final Map<String, String> pathParameters;
    private final Map<String, String> query;
    private final ServerRequestHeaders headers;
    private final InetAddress remoteAddress;
    private final String requestId;
    private HttpPrincipal principal;
    private byte[] body = new byte[0];

    HttpRequest(final RequestTarget target, final RouteMatch match, final ServerRequestHeaders headers,
        final InetAddress remoteAddress, final String requestId) {
        method = target.method();
        path = target.path();
        query = target.query();
        pathParameters = match.parameters();
        this.headers = headers;
        this.remoteAddress = remoteAddress;
        this.requestId = requestId;
    }

    /**
     * Method of the request.
     *
     * @return upper case, such as {@code GET}.
     */
    public String method() {
        return method;
    }

    /**
     * Path of the request.
     *
     * @return as it was sent, without query, not decoded.
     */
    public String path() {
        return path;
    }

    /**
     * Value of a part of the path.
     *
     * @param name of the parameter in the route's pattern.
     * @return decoded, never empty.
     * @throws IllegalArgumentException if the pattern has no such parameter.
     */
    public String pathParameter(final String name) {
        final String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is no parameter of this route");
        }
        return value;
    }

    /**
     * Value of a parameter of the query.
     *
     * @param name of the parameter.
     * @return decoded; null if it is absent. A parameter given twice was refused before.
     */
    public String query(final String name) {
        return query.get(name);
    }

    /**
     * Value of a header.
     *
     * @param name of the header, in any case.
     * @return its first value; null if it is absent.
     */
    public String header(final String name) {
        return headers.first(HeaderNames.create(name)).orElse(null);
    }

    /**
     * The whole body.
     *
     * @return not copied; empty if there is none.
     */
    public byte[] body() {
        return body;
    }

    /**
     * The body as a JSON object.
     *
     * @param known names of all fields it may have.
     * @return the object.
     * @throws JsonFault if it is no JSON object or has an unknown field; the server answers it with 400.
     */
    public JsonObject json(final String... known) {
        return JsonObject.read(body, JsonObject.LENGTH_MAX, known);
    }

    /**
     * Where the request came from: the peer of the connection, also behind a proxy.
     *
     * @return its address.
     */
    public InetAddress remoteAddress() {
        return remoteAddress;
    }

    /**
     * What this request is called in logs and in the response.
     *
     * @return 8 to 64 letters, digits, dots, hyphens and underscores.
     */
    public String requestId() {
        return requestId;
    }

    /**
     * Who sent the request.
     *
     * @return null if the route asks for no role or the request came in without one from loopback.
     */
    public HttpPrincipal principal() {
        return principal;
    }

    /**
     * The token of the Authorization header.
     *
     * @return the token; null if there is none of the Bearer scheme.
     */
    public String bearerToken() {
        final String value = header("Authorization");
        final String scheme = "Bearer ";
        return value == null || !value.regionMatches(true, 0, scheme, 0, scheme.length()) ? null : value.substring(scheme.length()).strip();
    }

    void principal(final HttpPrincipal verified) {
        principal = verified;
    }

    void body(final byte[] bytes) {
        body = bytes;
    }
}
