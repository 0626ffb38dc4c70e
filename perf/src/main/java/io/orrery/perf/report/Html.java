package io.orrery.perf.report;

/** Text into markup. */
final class Html {
    private Html() {
    }

    /** Text as it may stand between tags and inside double quotes. */
    static String escape(final String text) {
        final StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            final char letter = text.charAt(i);
            switch (letter) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(letter);
            }
        }
        return escaped.toString();
    }

    /** Text as it may stand between double quotes in JSON. */
    static String jsonSafe(final String text) {
        final StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            final char letter = text.charAt(i);
            safe.append(letter == '"' || letter == '\\' || letter < ' ' ? ' ' : letter);
        }
        return safe.toString();
    }
}
