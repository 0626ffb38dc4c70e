package io.orrery.transport.http;

import io.orrery.transport.http.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer: status, headers and a body that is wholly in memory. Immutable. */
public final class HttpResponse {
    /** Media type of JSON. */
    public static final String JSON = "application/json";
    private static final byte[] NONE = new byte[0];

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private HttpResponse(final int status, final Map<String, String> headers, final byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * An answer in JSON.
     *
     * @param status code, 200 to 599.
     * @param json the object; closed by this call.
     * @return the answer.
     */
    public static HttpResponse json(final int status, final JsonWriter json) {
        return bytes(status, JSON, json.toBytes());
    }

    /**
     * An answer of any type.
     *
     * @param status code, 200 to 599.
     * @param mediaType of the body.
     * @param body kept, not copied.
     * @return the answer.
     */
    public static HttpResponse bytes(final int status, final String mediaType, final byte[] body) {
        return new HttpResponse(status, Map.of("Content-Type", mediaType), body);
    }

    /**
     * An answer without body.
     *
     * @param status code, 200 to 599; mostly 204.
     * @return the answer.
     */
    public static HttpResponse empty(final int status) {
        return new HttpResponse(status, Map.of(), NONE);
    }

    /**
     * Adds or replaces a header; it outranks the security header of the same name.
     *
     * @param name of the header.
     * @param value of the header, without line breaks.
     * @return a new answer.
     */
    public HttpResponse withHeader(final String name, final String value) {
        final Map<String, String> copy = new LinkedHashMap<>(headers);
        copy.put(name, value);
        return new HttpResponse(status, copy, body);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }
}
