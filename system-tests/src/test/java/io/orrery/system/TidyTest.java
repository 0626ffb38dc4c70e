package io.orrery.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the house rules over the whole tree, and each rule over a small example that breaks it. */
class TidyTest {
    private static final Path ROOT = Path.of(System.getProperty("orrery.root"));

    @ParameterizedTest
    @EnumSource(TidyRule.class)
    void shouldHoldInTheWholeTree(final TidyRule rule) throws IOException, InterruptedException {
        assertThat(rule.findings(SourceTree.read(ROOT))).isEmpty();
    }

    @Test
    void shouldSeeTheTreeThatItJudges() throws IOException, InterruptedException {
        final List<SourceFile> files = SourceTree.read(ROOT);

        assertThat(files).extracting(SourceFile::path).contains("pom.xml", "orrery", "jvm.flags", "CONTRIBUTING.md",
            "system-tests/src/test/java/io/orrery/system/TidyTest.java").noneMatch(path -> path.contains("/target/"));
        assertThat(SourceTree.walkedPaths(ROOT)).containsAll(files.stream().map(SourceFile::path).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        DETERMINISTIC_WORLD | long t = System.nanoTime();
        DETERMINISTIC_WORLD | long t = System . currentTimeMillis ();
        DETERMINISTIC_WORLD | double r = Math.random();
        DETERMINISTIC_WORLD | Random r = new Random(5);
        DETERMINISTIC_WORLD | int r = ThreadLocalRandom.current().nextInt();
        DETERMINISTIC_WORLD | float y = (float) Math.sin(x);
        DETERMINISTIC_WORLD | double y = Math.pow(x, 2);
        DETERMINISTIC_WORLD | double y = Math.fma(x, x, x);
        QUIET_TICK          | Thread.sleep(1);
        QUIET_TICK          | new Thread(run).start();
        QUIET_TICK          | synchronized (this) { count++; }
        QUIET_TICK          | import java.util.stream.Stream;
        QUIET_TICK          | list.stream().count();
        QUIET_TICK          | String s = String.format("%d", 1);
        QUIET_TICK          | String s = "%d".formatted(1);
        NO_EMPTY_CATCH      | try { run(); } catch (final Exception e) { }
        NO_SKIPPED_TEST     | @Disabled("later") void test() {}
        NO_SKIPPED_TEST     | assumeTrue(isLinux);
        """)
    void shouldFindWhatAStatementBreaks(final TidyRule rule, final String statement) {
        final SourceFile bad = new SourceFile("world-core/src/main/java/A.java", "class A {\n" + statement + "\n}\n");

        assertThat(rule.findings(List.of(bad))).isNotEmpty().allSatisfy(
            finding -> assertThat(finding).startsWith("world-core/src/main/java/A.java:2: "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        DETERMINISTIC_WORLD | long t = clock.nanoTime(); double y = Math.sqrt(x); // not System.nanoTime()
        DETERMINISTIC_WORLD | String s = "Math.sin(x)"; /* Math.random() */ char c = '"';
        DETERMINISTIC_WORLD | float y = (float) StrictMath.cos(x);
        QUIET_TICK          | assert owner == Thread.currentThread();
        QUIET_TICK          | Thread.onSpinWait();
        QUIET_TICK          | String s = "synchronized \\" new Thread";
        NO_EMPTY_CATCH      | try { run(); } catch (final Exception e) { count++; }
        NO_EMPTY_CATCH      | String s = "catch (e) { }";
        NO_SKIPPED_TEST     | // @Disabled is not used
        """)
    void shouldLeaveAloneWhatIsAllowed(final TidyRule rule, final String statement) {
        final SourceFile good = new SourceFile("world-core/src/main/java/A.java", "class A {\n" + statement + "\n}\n");

        assertThat(rule.findings(List.of(good))).isEmpty();
    }

    @Test
    void shouldJudgeTheWorldOnlyByTheWorldsRules() {
        final String text = "long t = System.nanoTime(); Thread.sleep(1); double y = Math.sin(t);";

        assertThat(TidyRule.DETERMINISTIC_WORLD.findings(List.of(new SourceFile("perf/src/main/java/A.java", text)))).isEmpty();
        assertThat(TidyRule.QUIET_TICK.findings(List.of(new SourceFile("world-core/src/test/java/ATest.java", text)))).isEmpty();
        assertThat(TidyRule.DETERMINISTIC_WORLD.findings(
            List.of(new SourceFile("world-core/src/main/java/SineTable.java", "double y = Math.sin(x);")))).isEmpty();
    }

    @Test
    void shouldFindWhatIsLeftForLaterInAnyText() {
        final SourceFile bad = new SourceFile("docs/protocol.md", "Fine.\n\nFIX" + "ME: say more.\n");
        final SourceFile alsoBad = new SourceFile("orrery", "# TO" + "DO\n");

        assertThat(TidyRule.NOTHING_LEFT_FOR_LATER.findings(List.of(bad, alsoBad)))
            .hasSize(2).first().asString().startsWith("docs/protocol.md:3: left for later");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Short.                                                        | lacks a first sentence
        Entities in columns, and who owns them. May import nothing.   | lacks a sentence that says which thread
        Entities in columns, and who owns them. Runs on world-*.      | lacks a sentence with 'May import'
        """)
    void shouldFindAPackageThatDoesNotSayWhoAndWhat(final String text, final String expected) {
        final SourceFile bad = new SourceFile("a/package-info.java", "/**\n * " + text + "\n */\npackage a;\n");

        assertThat(TidyRule.PACKAGES_SAY_WHO_AND_WHAT.findings(List.of(bad)))
            .anySatisfy(finding -> assertThat(finding).contains(expected));
    }

    @Test
    void shouldAcceptAPackageThatSaysWhoAndWhat() {
        final SourceFile good = new SourceFile("a/package-info.java", """
            /**
             * The netcode 1.02 standard: connect tokens and packets.
             *
             * <p>Written by the thread that owns it. May
             * import nothing.
             */
            package a;
            """);

        assertThat(TidyRule.PACKAGES_SAY_WHO_AND_WHAT.findings(List.of(good))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"cd /wor,k/main", "file=/hom,e/alice/x", "(/roo,t/.m2)", "https://registry.np,mjs.org/x", "http://repo1.mav,en.org/maven2"})
    void shouldFindPathsAndHostsOfOneMachine(final String start, final String end) {
        final SourceFile bad = new SourceFile("README.md", "See\n" + start + end + "\n");

        assertThat(TidyRule.NO_MACHINE_OF_OURS.findings(List.of(bad))).singleElement().asString().startsWith("README.md:2: ");
    }

    @Test
    void shouldLeaveAlonePathsThatAreNoMachines() {
        final SourceFile good = new SourceFile("README.md", "$root/work/x, src/root/a, http://maven.apache.org/POM/4.0.0, /usr/lib/jvm/x");

        assertThat(TidyRule.NO_MACHINE_OF_OURS.findings(List.of(good))).isEmpty();
    }

    @Test
    void shouldFindAFileThatIsTooLong() {
        final SourceFile longest = new SourceFile("A.java", "line\n".repeat(TidyRule.LINES_MAX));
        final SourceFile tooLong = new SourceFile("B.java", "line\n".repeat(TidyRule.LINES_MAX + 1));
        final SourceFile data = new SourceFile("vectors.json", "line\n".repeat(TidyRule.LINES_MAX + 1));

        assertThat(TidyRule.SHORT_FILES.findings(List.of(longest, tooLong, data))).containsExactly("B.java:601: more than 600 lines");
    }

    @Test
    void shouldFindAModuleThatIsNotBuiltAndOneThatDoesNotExist() {
        final List<SourceFile> files = List.of(
            new SourceFile("pom.xml", "<modules><module>app</module><module>gone</module></modules>"),
            new SourceFile("app/pom.xml", ""), new SourceFile("auth/token/pom.xml", ""), new SourceFile("app/src/test/pom.xml", ""));

        assertThat(TidyRule.EVERY_MODULE_IS_BUILT.findings(files)).containsExactly(
            "auth/token/pom.xml:1: module is missing in the root pom", "pom.xml:1: module gone does not exist");
    }

    @Test
    void shouldWalkTheTreeWithoutGit(@TempDir final Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("a/target"));
        Files.writeString(folder.resolve("a/target/x.java"), "x");
        Files.writeString(folder.resolve("a/y.java"), "y");
        Files.write(folder.resolve("a/z.png"), new byte[] {(byte) 0xff});

        assertThat(SourceTree.read(folder)).containsExactly(new SourceFile("a/y.java", "y"));
    }
}
