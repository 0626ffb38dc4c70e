package io.orrery.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orrery.system.LauncherCheckout.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the launcher script as a user does, in a {@link LauncherCheckout}. */
class LauncherTest {
    private static final int EXIT_WRONG_ARGUMENTS = 2;
    private static final int EXIT_ENVIRONMENT = 3;

    @TempDir
    private Path folder;
    private LauncherCheckout checkout;

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = new LauncherCheckout(folder);
    }

    @Test
    void shouldSayWhatWasSearchedAndWhatToInstallWhenThereIsNoJdk() throws IOException, InterruptedException {
        final Path old = checkout.jdk("jdks/jdk-17", "17.0.15");
        final Path alsoOld = checkout.jdk("my jdk", "21.0.2");

        final Run run = checkout.set("JAVA_HOME", alsoOld.toString()).run("demo");

        assertThat(run.exitCode()).isEqualTo(EXIT_ENVIRONMENT);
        assertThat(run.err()).contains("no JDK 25 or newer").contains(alsoOld + " is version 21.0.2").contains("PATH: no java")
            .contains(old + " is version 17.0.15").contains("folders: " + old.getParent()).contains("Install one");
        assertThat(run.out()).isEmpty();
        assertThat(checkout.mavenCalls()).isEmpty();
    }

    @Test
    void shouldFindAJdkInTheFoldersAndPreferTheVersionItIsBuiltFor() throws IOException, InterruptedException {
        checkout.jdk("jdks/a-17", "17.0.15");
        checkout.jdk("jdks/b-26", "26-ea");
        final Path preferred = checkout.jdk("jdks/c 25", "25.0.3");
        checkout.jdk("jdks/d-27", "27.0.1");

        final Run run = checkout.run("version");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).first().isEqualTo(preferred.toString());
        assertThat(checkout.mavenCalls()).singleElement().asString().contains("|" + preferred + "|");
    }

    @Test
    void shouldFindAJdkOfSdkmanAndOfAMac() throws IOException, InterruptedException {
        final Path mac = checkout.jdk("jdks/temurin.jdk/Contents/Home", "26.0.1");
        final Path sdkman = checkout.jdk("home/.sdkman/candidates/java/25.0.3-tem", "25.0.3");

        final Run found = checkout.run("version");
        final Run foundInBoth = checkout.set("ORRERY_JDK_FOLDERS", mac.getParent().getParent().getParent() + ":" + sdkman.getParent())
            .run("version");

        assertThat(found.out().lines()).first().isEqualTo(mac.toString());
        assertThat(foundInBoth.out().lines()).first().isEqualTo(sdkman.toString());
    }

    @Test
    void shouldTakeTheJdkOfThePathThroughItsLinksUnlessJavaHomeIsNewEnough() throws IOException, InterruptedException {
        final Path onPath = checkout.jdk("elsewhere/jdk", "26.0.1");
        final Path named = checkout.jdk("named", "27");
        checkout.jdk("jdks/jdk-25", "25.0.3");
        final Path link = Files.createSymbolicLink(checkout.base().resolve("java link"), onPath.resolve("bin/java"));
        Files.createSymbolicLink(checkout.base().resolve("tools/java"), link);

        final Run byPath = checkout.run("version");
        final Run byName = checkout.set("JAVA_HOME", named.toString()).run("version");

        assertThat(byPath.out().lines()).first().isEqualTo(onPath.toString());
        assertThat(byName.out().lines()).first().isEqualTo(named.toString());
    }

    @ParameterizedTest
    @CsvSource({"3.6.3,is version 3.6.3", "2.9.0,is version 2.9.0", ",no mvn was found"})
    void shouldSayWhatToInstallWhenMavenIsMissingOrTooOld(final String version, final String expected)
        throws IOException, InterruptedException {
        checkout.jdk("jdks/jdk-25", "25.0.3");
        if (version == null) {
            checkout.without("mvn");
        } else {
            checkout.maven(version, "");
        }

        final Run run = checkout.run("demo");

        assertThat(run.exitCode()).isEqualTo(EXIT_ENVIRONMENT);
        assertThat(run.err()).contains(expected).contains("Install it");
    }

    @Test
    void shouldBuildOnceAndAgainOnlyWhenAMainSourceChanged() throws IOException, InterruptedException {
        checkout.jdk("jdks/jdk-25", "25.0.3");
        final Run first = checkout.run("version");
        final Path testSource = checkout.write("app/src/test/java/ATest.java", "class ATest { int i; }");
        touchLater(testSource);
        final Run second = checkout.without("mvn").run("version");

        assertThat(first.err()).contains("Building Orrery with JDK 25.0.3 and Maven 3.9.9").contains("  [1/1] app").contains("Built.");
        assertThat(first.exitCode()).isZero();
        assertThat(second.exitCode()).isZero();
        assertThat(second.err()).isEmpty();
        assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void shouldBuildAgainWhenASourceChangedOrIsGone() throws IOException, InterruptedException {
        checkout.jdk("jdks/jdk-25", "25.0.3");
        final Path gone = checkout.write("app/src/main/java/Gone.java", "class Gone { }");
        checkout.run("version");

        touchLater(checkout.root().resolve("app/src/main/java/A.java"));
        checkout.run("build");
        touchEarlier(checkout.root().resolve("app/src/main/java/A.java"));
        Files.delete(gone);
        touchLater(gone.getParent());
        checkout.run("build");
        touchEarlier(gone.getParent());
        touchLater(checkout.root().resolve("app/pom.xml"));
        checkout.run("build");
        touchEarlier(checkout.root().resolve("app/pom.xml"));
        final Run last = checkout.run("build");

        assertThat(checkout.mavenCalls()).hasSize(4);
        assertThat(last.out()).isEqualTo("Up to date.\n");
    }

    @Test
    void shouldPassArgumentsFolderAndJvmOptionsAsTheyAre() throws IOException, InterruptedException {
        final Path jdk = checkout.jdk("jdks/jdk-25", "25.0.3");
        final Path elsewhere = Files.createDirectories(checkout.base().resolve("else where"));
        final Path link = Files.createSymbolicLink(elsewhere.resolve("orrery link"), Path.of("../a checkout/orrery"));

        final Run run = checkout.set("ORRERY_JAVA_OPTS", "-Xmx1g  -Dx=*")
            .run(elsewhere, link, "demo", "--report", "my report", "", "*", "$x");

        final Path root = checkout.root();
        assertThat(run.out().lines()).containsExactly(jdk.toString(), elsewhere.toString(), "@" + root + "/jvm.flags",
            "-Dorrery.root=" + root, "-Xmx1g", "-Dx=*", "-cp", root + "/app/target/orrery/lib/*", "io.orrery.app.Main",
            "demo", "--report", "my report", "", "*", "$x");
        assertThat(root.resolve("app/target/orrery/lib/stub.jar")).exists();
    }

    @Test
    void shouldShowTheEndOfTheLogWhenTheBuildFails() throws IOException, InterruptedException {
        checkout.jdk("jdks/jdk-25", "25.0.3");
        checkout.maven("3.9.9", "echo '[ERROR] A.java:[1,1] nonsense'; exit 1");

        final Run run = checkout.run("demo");
        final Run again = checkout.maven("3.9.9", "cp \"$STUB\" app/target/orrery/jars/").run("version");

        assertThat(run.exitCode()).isEqualTo(EXIT_ENVIRONMENT);
        assertThat(run.err()).contains("the build failed").contains(".orrery/build.log").contains("nonsense");
        assertThat(again.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with flock", "without flock"})
    void shouldBuildOnceWhenTwoStartAtOnce(final String kind) throws IOException, InterruptedException {
        checkout.jdk("jdks/jdk-25", "25.0.3");
        checkout.maven("3.9.9", "sleep 2; cp \"$STUB\" app/target/orrery/jars/");
        if (kind.startsWith("without")) {
            checkout.without("flock");
        }
        final Path err = checkout.base().resolve("first err");
        final Process first = checkout.start(checkout.root(), checkout.root().resolve("orrery"),
            checkout.base().resolve("first out"), err, "version");
        await().until(() -> checkout.mavenCalls().size() == 1);

        final Run second = checkout.run("version");

        assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).as(Files.readString(err)).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.err()).contains("another build").doesNotContain("Building");
        assertThat(checkout.mavenCalls()).hasSize(1);
    }

    @Test
    void shouldReleaseTheLockOfABuildThatDiedWhereThereIsNoFlock() throws IOException, InterruptedException {
        checkout.jdk("jdks/jdk-25", "25.0.3");
        checkout.without("flock").write(".orrery/build.lock.d/pid", "999999999\n");

        final Run run = checkout.run("version");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(checkout.root().resolve(".orrery/build.lock.d")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {".orrery", ".orrery/build.lock/in-the-way", "app/target"})
    void shouldSayWhenTheCheckoutCannotBeWrittenTo(final String inTheWay) throws IOException, InterruptedException {
        checkout.jdk("jdks/jdk-25", "25.0.3");
        checkout.write(inTheWay, "where the launcher wants to write");

        final Run run = checkout.run("demo");

        assertThat(run.exitCode()).isEqualTo(EXIT_ENVIRONMENT);
        assertThat(run.err().lines()).singleElement().asString()
            .startsWith("orrery: cannot build: " + checkout.root() + ", must be a folder that ");
    }

    @Test
    void shouldLetASignalReachTheProgram() throws IOException, InterruptedException {
        checkout.jdk("jdks/jdk-25", "25.0.3", "trap 'echo drained; exit 7' TERM; echo ready; while :; do sleep 0.05; done");
        final Path out = checkout.base().resolve("signal out");
        final Process process = checkout.start(checkout.root(), checkout.root().resolve("orrery"), out,
            checkout.base().resolve("signal err"), "demo");
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(out) && Files.readString(out).contains("ready"));

        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(7);
        assertThat(out).hasContent("ready\ndrained");
    }

    @Test
    void shouldEndTheBuildAndLeaveNothingHalfDoneWhenSignalled() throws IOException, InterruptedException {
        checkout.jdk("jdks/jdk-25", "25.0.3");
        checkout.maven("3.9.9", "exec sleep 20");
        final Process process = checkout.start(checkout.root(), checkout.root().resolve("orrery"),
            checkout.base().resolve("out"), checkout.base().resolve("err"), "demo");
        await().until(() -> checkout.mavenCalls().size() == 1);

        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(checkout.root().resolve("app/target/orrery/lib")).doesNotExist();
        assertThat(checkout.maven("3.9.9", "cp \"$STUB\" app/target/orrery/jars/").run("version").exitCode()).isZero();
    }

    @Test
    void shouldRunEveryCheckFromTheRootWithTheJdkFound() throws IOException, InterruptedException {
        final Path jdk = checkout.jdk("jdks/jdk-25", "25.0.3");
        final Path elsewhere = Files.createDirectories(checkout.base().resolve("else where"));

        final Run run = checkout.set("MAVEN_OPTS", "-Xmx9m").run(elsewhere, checkout.root().resolve("orrery"), "test", "-pl", "a b");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(checkout.mavenCalls()).containsExactly(checkout.root() + "|" + jdk
            + "|--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -Xmx9m|verify|-pl|a b|");
    }

    @Test
    void shouldPrintTheSameHelpAsTheProgramWithoutJdkOrBuild() throws IOException, InterruptedException {
        final String usage = Files.readString(checkout.root().resolve("app/src/main/resources/io/orrery/app/usage.txt"));

        for (final List<String> arguments : List.of(List.of("--help"), List.of("-h"), List.of("help"), List.of("test", "--help"))) {
            final Run run = checkout.run(arguments.toArray(new String[0]));

            assertThat(run).isEqualTo(new Run(0, usage, ""));
        }
    }

    @Test
    void shouldRefuseArgumentsOfACommandThatTakesNone() throws IOException, InterruptedException {
        final Run run = checkout.run("clean", "all");

        assertThat(run).isEqualTo(new Run(EXIT_WRONG_ARGUMENTS, "", "orrery clean: all, must be absent: clean takes no arguments\n"));
    }

    @Test
    void shouldSayWhatItFoundAndDeleteWhatItBuilt() throws IOException, InterruptedException {
        final Path jdk = checkout.jdk("jdks/jdk-25", "25.0.3");
        final Run before = checkout.run("doctor");
        checkout.run("build");
        final Run built = checkout.run("doctor");
        final Run clean = checkout.run("clean");
        final Run after = checkout.without("mvn").run("doctor");

        assertThat(before.exitCode()).isZero();
        assertThat(before.out()).contains("25.0.3 in " + jdk).contains("Maven      3.9.9").contains("build      none yet");
        assertThat(built.out()).contains("build      up to date");
        assertThat(clean.exitCode()).isZero();
        assertThat(checkout.root().resolve("app/target")).doesNotExist();
        assertThat(checkout.root().resolve("app/src/main/java/A.java")).exists();
        assertThat(after.exitCode()).isEqualTo(EXIT_ENVIRONMENT);
        assertThat(after.out()).contains("Maven      none, but 3.8 or newer is needed");
    }

    @Test
    void shouldRunTheRealProgramAndPassOnItsExitCode() throws IOException, InterruptedException {
        checkout.set("JAVA_HOME", System.getProperty("java.home"));
        checkout.run("build");

        final Run version = checkout.run("version");
        final Run wrong = checkout.run("demo", "--bots", "-5");

        assertThat(version.exitCode()).as(version.err()).isZero();
        assertThat(version.out()).startsWith("orrery ");
        assertThat(wrong).isEqualTo(
            new Run(EXIT_WRONG_ARGUMENTS, "", "orrery demo: --bots=-5, must be a whole number in 0..2000\n"));
    }

    /** Makes a file younger than any build of this test so far, as its next change would. */
    private static void touchLater(final Path file) throws IOException {
        touch(file, 1);
    }

    private static void touchEarlier(final Path file) throws IOException {
        touch(file, -1);
    }

    private static void touch(final Path file, final int hours) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + TimeUnit.HOURS.toMillis(hours)));
    }
}
