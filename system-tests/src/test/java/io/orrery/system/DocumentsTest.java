package io.orrery.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what the documents say a user can type, and where they send a reader, to what is there. */
class DocumentsTest {
    private static final Path ROOT = Path.of(System.getProperty("orrery.root"));
    private static final Path USAGE = ROOT.resolve("app/src/main/resources/io/orrery/app/usage.txt");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern LISTED_COMMAND = Pattern.compile("(?m)^  ([a-z]+) {2,}[A-Z]");
    private static final Pattern NAMED_COMMAND = Pattern.compile("(?<![\\w/])\\./orrery\\s+([^\\s`]+)");
    private static final Pattern NAMED_USE = Pattern.compile("(?<![\\w/])\\./orrery (demo|config)( [^`#\\n]*)");
    private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z][a-z-]*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    @TempDir
    private Path folder;

    @Test
    void shouldNameOnlyCommandsThatExist() throws IOException, InterruptedException {
        final Set<String> listed = new TreeSet<>(found(LISTED_COMMAND, Files.readString(USAGE)));
        assertThat(listed).contains("demo", "test", "config");

        final Set<String> named = new TreeSet<>();
        for (final SourceFile document : documents()) {
            named.addAll(found(NAMED_COMMAND, document.text()));
        }

        assertThat(named).contains("demo", "test").allSatisfy(
            word -> assertThat(word.startsWith("--") ? "help" : word).as("./orrery %s", word).isIn(listed));
    }

    @Test
    void shouldNameOnlyOptionsThatTheHelpKnows() throws IOException, InterruptedException {
        final String demoHelp = helpOf("demo");
        final String configHelp = helpOf("config");

        for (final SourceFile document : documents()) {
            for (final MatchResult use : NAMED_USE.matcher(document.text()).results().toList()) {
                final List<String> known = options("demo".equals(use.group(1)) ? demoHelp : configHelp);
                assertThat(options(use.group(2))).as("%s: %s", document.path(), use.group()).isSubsetOf(known);
            }
        }
    }

    @Test
    void shouldLinkOnlyToFilesThatExist() throws IOException, InterruptedException {
        final List<String> dead = new ArrayList<>();
        for (final SourceFile document : documents()) {
            for (final String link : found(LINK, document.text())) {
                final String target = link.replaceFirst("#.*", "");
                final boolean isElsewhere = target.isEmpty() || target.matches("[a-z]+:.*");
                if (!isElsewhere && !Files.exists(ROOT.resolve(document.path()).resolveSibling(target))) {
                    dead.add(document.path() + " -> " + link);
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    private static List<SourceFile> documents() throws IOException, InterruptedException {
        final List<SourceFile> documents = SourceTree.read(ROOT).stream().filter(file -> file.path().endsWith(".md")).toList();
        assertThat(documents).extracting(SourceFile::path).contains("README.md", "docs/protocol.md");
        return documents;
    }

    private String helpOf(final String command) throws IOException, InterruptedException {
        try (DemoProcess help = new DemoProcess(folder, "help", command)) {
            assertThat(help.awaitExit(LIMIT)).as(help.err()).isZero();
            return help.out();
        }
    }

    private static List<String> options(final String text) {
        return OPTION.matcher(" " + text).results().map(MatchResult::group).toList();
    }

    private static List<String> found(final Pattern pattern, final String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }
}
