package io.orrery.platform.config;

/** How many single-character edits lie between two words (Levenshtein 1965), for "the nearest is" in messages. */
public final class EditDistance {
    /** Characters of a word that are looked at; the rest does not count. */
    private static final int LENGTH_MAX = 200;

    private EditDistance() {
    }

    /**
     * Counts the insertions, deletions and replacements that turn one word into the other.
     *
     * @param from one word.
     * @param to the other word.
     * @return 0 if they are equal.
     */
    public static int between(final String from, final String to) {
        final int fromLength = Math.min(from.length(), LENGTH_MAX);
        final int toLength = Math.min(to.length(), LENGTH_MAX);
        int[] above = new int[toLength + 1];
        int[] row = new int[toLength + 1];
        for (int j = 0; j <= toLength; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= fromLength; i++) {
            row[0] = i;
            for (int j = 1; j <= toLength; j++) {
                final int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            final int[] swapped = above;
            above = row;
            row = swapped;
        }
        return above[toLength];
    }
}
