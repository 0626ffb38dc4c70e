package io.orrery.transport.http;

import io.orrery.platform.config.OneLine;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request asks for.
 *
 * @param method upper case.
 * @param path as sent.
 * @param segments of the path, decoded.
 * @param query parameters, decoded.
 */
record RequestTarget(String method, String path, List<String> segments, Map<String, String> query) {
    private static final int SEGMENT_COUNT_MAX = 16;
    private static final int QUERY_COUNT_MAX = 32;

    static RequestTarget parse(final String method, final String path, final String query) {
        if (!path.startsWith("/")) {
            throw malformed("path=" + OneLine.of(path) + ", must begin with /");
        }
        final List<String> segments = new ArrayList<>();
        for (final String segment : path.substring(1).split("/", SEGMENT_COUNT_MAX + 1)) {
            segments.add(decode(segment, false));
        }
        if (segments.size() > SEGMENT_COUNT_MAX) {
            throw malformed("path, must have at most " + SEGMENT_COUNT_MAX + " segments");
        }
        return new RequestTarget(method, path, segments, parameters(query));
    }

    private static Map<String, String> parameters(final String query) {
        if (query == null || query.isEmpty()) {
            return Map.of();
        }
        final Map<String, String> parameters = new LinkedHashMap<>();
        final String[] pairs = query.split("&", QUERY_COUNT_MAX + 1);
        if (pairs.length > QUERY_COUNT_MAX) {
            throw malformed("query, must have at most " + QUERY_COUNT_MAX + " parameters");
        }
        for (final String pair : pairs) {
            final int equals = pair.indexOf('=');
            final String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            final String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
            if (parameters.put(name, value) != null) {
                throw HttpProblem.field(OneLine.of(name), OneLine.of(value), "must be given once only");
            }
        }
        return parameters;
    }

    private static String decode(final String text, final boolean isPlusSpace) {
        if (text.indexOf('%') < 0 && (!isPlusSpace || text.indexOf('+') < 0)) {
            return text;
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '%') {
                final int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                final int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed("a percent sign must be followed by two hexadecimal digits");
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(isPlusSpace && c == '+' ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (final CharacterCodingException e) {
            throw malformed("path and query must be UTF-8");
        }
    }

    private static HttpProblem malformed(final String detail) {
        return new HttpProblem(400, "malformed-request", "The request cannot be understood", detail);
    }
}
