package io.orrery.system;

/** Blanks out what is not code in Java source, keeping every offset and line, so that a rule is not fooled by text about code. */
final class JavaText {
    private final String source;
    private final StringBuilder kept;
    private final boolean keepsComments;
    private int position;

    private JavaText(final String source, final boolean keepsComments) {
        this.source = source;
        this.keepsComments = keepsComments;
        kept = new StringBuilder(source.length());
    }

    /** The source with comments and the contents of strings blanked out. */
    static String code(final String source) {
        return new JavaText(source, false).blanked();
    }

    /** The source with the contents of strings blanked out. */
    static String codeAndComments(final String source) {
        return new JavaText(source, true).blanked();
    }

    private String blanked() {
        while (position < source.length()) {
            if (source.startsWith("//", position)) {
                take(endOf("\n", position), keepsComments);
            } else if (source.startsWith("/*", position)) {
                take(endAfter("*/", position + 2), keepsComments);
            } else if (source.startsWith("\"\"\"", position)) {
                take(endOfQuoted("\"\"\"", position + 3), false);
            } else if (source.charAt(position) == '"') {
                take(endOfQuoted("\"", position + 1), false);
            } else if (source.charAt(position) == '\'') {
                take(endOfQuoted("'", position + 1), false);
            } else {
                take(position + 1, true);
            }
        }
        return kept.toString();
    }

    private void take(final int end, final boolean isKept) {
        for (; position < end; position++) {
            final char c = source.charAt(position);
            kept.append(isKept || c == '\n' ? c : ' ');
        }
    }

    private int endOf(final String mark, final int from) {
        final int found = source.indexOf(mark, from);
        return found < 0 ? source.length() : found;
    }

    private int endAfter(final String mark, final int from) {
        final int found = source.indexOf(mark, from);
        return found < 0 ? source.length() : found + mark.length();
    }

    private int endOfQuoted(final String quote, final int from) {
        int i = from;
        while (i < source.length() && !source.startsWith(quote, i)) {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(source.length(), i + quote.length());
    }
}
