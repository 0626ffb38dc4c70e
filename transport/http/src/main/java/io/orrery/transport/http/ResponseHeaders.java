package io.orrery.transport.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** Headers that every response carries unless its handler says otherwise. */
final class ResponseHeaders {
    private final Map<String, String> security = new LinkedHashMap<>();

    ResponseHeaders(final boolean isTls) {
        security.put("Cache-Control", "no-store");
        security.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        security.put("Referrer-Policy", "no-referrer");
        security.put("X-Content-Type-Options", "nosniff");
        security.put("X-Frame-Options", "DENY");
        if (isTls) {
            security.put("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** All headers of a response, its own outranking the common ones. */
    Map<String, String> of(final HttpResponse response, final String requestId) {
        final Map<String, String> all = new LinkedHashMap<>(security);
        all.put(RequestIds.HEADER, requestId);
        for (final Map.Entry<String, String> header : response.headers().entrySet()) {
            all.keySet().removeIf(name -> name.equalsIgnoreCase(header.getKey()));
            all.put(header.getKey(), header.getValue());
        }
        return all;
    }
}
