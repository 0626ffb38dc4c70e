package io.orrery.transport.http;

import io.orrery.transport.http.json.JsonFault;
import io.orrery.transport.http.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A refusal, answered as problem details (RFC 9457). It is no fault of the server: thrown without stack trace, counted, not recorded.
 *
 * <p>Immutable but for what {@code with...} calls add before it is thrown.
 */
public final class HttpProblem extends RuntimeException {
    /** Media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";
    /** What each problem type begins with; a stable name in lower case follows. */
    public static final String TYPE_PREFIX = "urn:orrery:problem:";
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String title;
    private final transient Map<String, String> members = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /**
     * Creates a refusal.
     *
     * @param status code of the response, 400 to 599.
     * @param type stable name that clients branch on, lower case with hyphens; see docs.
     * @param title what went wrong, the same for all of this type.
     * @param detail what went wrong this time, one line; null if there is nothing to add.
     */
    public HttpProblem(final int status, final String type, final String title, final String detail) {
        super(detail == null ? title : detail, null, false, false);
        this.status = status;
        this.type = type;
        this.title = title;
        if (detail != null) {
            members.put("detail", detail);
        }
    }

    /**
     * A field of the request is not as it must be: 400.
     *
     * @param field its name.
     * @param value what was given, on one line, masked if secret.
     * @param bound what is allowed, beginning with {@code must}.
     * @return the refusal.
     */
    public static HttpProblem field(final String field, final String value, final String bound) {
        return new HttpProblem(400, "invalid-field", "A field is not as it must be", field + "=" + value + ", " + bound)
            .with("field", field).with("value", value).with("bound", bound);
    }

    /**
     * The token is missing or not valid: 401.
     *
     * @return the refusal.
     */
    public static HttpProblem unauthenticated() {
        return new HttpProblem(401, "unauthenticated", "A valid bearer token is needed", null).withHeader("WWW-Authenticate", "Bearer");
    }

    /**
     * The token is valid, but lacks a role: 403.
     *
     * @param role which.
     * @return the refusal.
     */
    public static HttpProblem forbidden(final String role) {
        return new HttpProblem(403, "forbidden", "A role is missing", "role=" + role + ", must be held");
    }

    /**
     * There is no such thing: 404.
     *
     * @param detail which thing.
     * @return the refusal.
     */
    public static HttpProblem notFound(final String detail) {
        return new HttpProblem(404, "not-found", "There is no such thing", detail);
    }

    /**
     * Too many requests: 429.
     *
     * @param retryAfterNs nanoseconds until the next one is welcome.
     * @return the refusal.
     */
    public static HttpProblem tooManyRequests(final long retryAfterNs) {
        return new HttpProblem(429, "too-many-requests", "Too many requests", null).withRetryAfter(retryAfterNs);
    }

    /**
     * The server cannot serve at the moment: 503.
     *
     * @param type stable name, such as {@code draining} or {@code overloaded}.
     * @param detail why, one line.
     * @param retryAfterNs nanoseconds until it is worth trying again.
     * @return the refusal.
     */
    public static HttpProblem unavailable(final String type, final String detail, final long retryAfterNs) {
        return new HttpProblem(503, type, "The server cannot serve this now", detail).withRetryAfter(retryAfterNs);
    }

    static HttpProblem of(final JsonFault fault) {
        return fault.field() == null
            ? new HttpProblem(400, "malformed-json", "The body is no JSON object", fault.getMessage())
            : field(fault.field(), fault.value(), fault.bound());
    }

    static HttpProblem bodyTooLong(final int lengthMax) {
        return new HttpProblem(413, "body-too-long", "The body is too long", "the body must be at most " + lengthMax + " bytes")
            .with("bound", Integer.toString(lengthMax));
    }

    /**
     * Adds a member to the details.
     *
     * @param name of the member, not one of RFC 9457's own.
     * @param value of the member.
     * @return this, for chaining.
     */
    public HttpProblem with(final String name, final String value) {
        members.put(name, value);
        return this;
    }

    /**
     * Adds a header to the response.
     *
     * @param name of the header.
     * @param value of the header.
     * @return this, for chaining.
     */
    public HttpProblem withHeader(final String name, final String value) {
        headers.put(name, value);
        return this;
    }

    /**
     * Status code of the response.
     *
     * @return 400 to 599.
     */
    public int status() {
        return status;
    }

    /**
     * Stable name of the type of problem.
     *
     * @return without {@link #TYPE_PREFIX}.
     */
    public String type() {
        return type;
    }

    HttpResponse toResponse(final String requestId) {
        final JsonWriter json = new JsonWriter().field("type", TYPE_PREFIX + type).field("title", title).field("status", status);
        members.forEach(json::field);
        json.field("requestId", requestId);
        HttpResponse response = HttpResponse.bytes(status, MEDIA_TYPE, json.toBytes());
        for (final Map.Entry<String, String> header : headers.entrySet()) {
            response = response.withHeader(header.getKey(), header.getValue());
        }
        return response;
    }

    private HttpProblem withRetryAfter(final long retryAfterNs) {
        final long second = TimeUnit.SECONDS.toNanos(1);
        return withHeader("Retry-After", Long.toString(Math.max(1, (retryAfterNs + second - 1) / second)));
    }
}
