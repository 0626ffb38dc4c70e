package io.orrery.platform.config;

/**
 * Makes text from outside fit to be quoted in a message of one line: control, format and separator characters are escaped and the length
 * is bounded, so that a value can neither break the line nor repaint a terminal.
 */
public final class OneLine {
    /** Characters that are kept of a longer text; {@code ...} follows them. */
    public static final int LENGTH_MAX = 200;

    private OneLine() {
    }

    /**
     * Escapes and shortens a text.
     *
     * @param text from outside; null is written as {@code null}.
     * @return at most {@link #LENGTH_MAX} of its characters, printable, on one line.
     */
    public static String of(final String text) {
        if (text == null) {
            return "null";
        }
        final StringBuilder line = new StringBuilder(Math.min(text.length(), LENGTH_MAX) + 16);
        final int end = Math.min(text.length(), LENGTH_MAX);
        for (int i = 0; i < end; ) {
            final int codePoint = text.codePointAt(i);
            append(line, codePoint);
            i += Character.charCount(codePoint);
        }
        if (text.length() > LENGTH_MAX) {
            line.append("...");
        }
        return line.toString();
    }

    private static void append(final StringBuilder line, final int codePoint) {
        switch (codePoint) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (isPrintable(codePoint)) {
                    line.appendCodePoint(codePoint);
                } else {
                    line.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
                }
            }
        }
    }

    private static boolean isPrintable(final int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
                Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
