package io.orrery.transport.http;

import java.util.List;
import java.util.Locale;

/** Compares media types of requests with those of a route. */
final class MediaTypes {
    private MediaTypes() {
    }

    /** Whether a Content-Type names this type, with any parameter but a charset other than UTF-8. */
    static boolean isType(final String contentType, final String type) {
        if (contentType == null || !type.equals(essence(contentType))) {
            return false;
        }
        final String lower = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        final int charset = lower.indexOf(";charset=");
        return charset < 0 || lower.startsWith(";charset=utf-8", charset);
    }

    /** Whether any Accept header lets this type through; none at all accepts everything. */
    static boolean isAccepted(final List<String> acceptHeaders, final String type) {
        if (acceptHeaders.isEmpty()) {
            return true;
        }
        final String essence = essence(type);
        final String range = essence.substring(0, essence.indexOf('/') + 1) + "*";
        for (final String header : acceptHeaders) {
            for (final String part : header.split(",")) {
                final String accepted = essence(part);
                if ((accepted.equals("*/*") || accepted.equals(range) || accepted.equals(essence)) && !isRefused(part)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isRefused(final String part) {
        final String lower = part.toLowerCase(Locale.ROOT).replace(" ", "");
        return lower.endsWith(";q=0") || lower.endsWith(";q=0.0") || lower.endsWith(";q=0.00") || lower.endsWith(";q=0.000");
    }

    private static String essence(final String mediaType) {
        final int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
