package io.orrery.system;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One text file of the source tree.
 *
 * @param path from the root, with {@code /}.
 * @param text all of it.
 */
record SourceFile(String path, String text) {
    boolean isJava() {
        return path.endsWith(".java");
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    long lineCount() {
        return text.lines().count();
    }

    /** Where a pattern occurs in a text of this file's length, as {@code path:line: reason}. */
    List<String> findings(final String searched, final Pattern pattern, final String reason) {
        final List<String> findings = new ArrayList<>();
        final Matcher matcher = pattern.matcher(searched);
        while (matcher.find()) {
            final long line = searched.substring(0, matcher.start()).chars().filter(c -> c == '\n').count() + 1;
            findings.add(path + ":" + line + ": " + reason + ": " + matcher.group().strip());
        }
        return findings;
    }
}
