package io.orrery.system;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A copy of the launcher script in a checkout of its own, whose path has spaces, with a PATH of its own that holds a Maven that only
 * records its calls, and JDKs that only print how they were started, so that a whole build takes no time.
 */
final class LauncherCheckout {
    private static final Path ROOT = Path.of(System.getProperty("orrery.root"));
    private static final List<String> TOOLS = List.of(
        "cat", "cp", "find", "flock", "head", "id", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "tail", "touch", "wc");
    private static final int RUN_LIMIT_S = 30;
    private static final String USAGE = "app/src/main/resources/io/orrery/app/usage.txt";

    private final Path base;
    private final Path root;
    private final Path tools;
    private final Path calls;
    private final Map<String, String> environment = new HashMap<>();

    /** What a run of the script left behind. */
    record Run(int exitCode, String out, String err) {
    }

    LauncherCheckout(final Path folder) throws IOException {
        base = Files.createDirectories(folder.toRealPath().resolve("with spaces & [brackets]"));
        root = Files.createDirectories(base.resolve("a checkout"));
        tools = Files.createDirectories(base.resolve("tools"));
        calls = base.resolve("maven calls.txt");
        for (final String file : List.of("orrery", "jvm.flags", USAGE, "pom.xml", "app/pom.xml")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), root.resolve(file));
        }
        executable(root.resolve("orrery"), Files.readString(root.resolve("orrery")));
        write("app/src/main/java/A.java", "class A { }");
        write("app/src/test/java/ATest.java", "class ATest { }");
        for (final String tool : TOOLS) {
            executable(tools.resolve(tool), "#!/bin/sh\nexec " + toolPath(tool) + " \"$@\"\n");
        }
        maven("3.9.9", "cp \"$STUB\" app/target/orrery/jars/stub.jar");
        environment.put("PATH", tools.toString());
        environment.put("HOME", base.resolve("home").toString());
        environment.put("ORRERY_JDK_FOLDERS", base.resolve("jdks").toString());
        environment.put("CALLS", calls.toString());
        environment.put("STUB", stubJar().toString());
    }

    Path base() {
        return base;
    }

    Path root() {
        return root;
    }

    LauncherCheckout set(final String name, final String value) {
        environment.put(name, value);
        return this;
    }

    /** Takes a tool off the PATH. */
    LauncherCheckout without(final String tool) throws IOException {
        Files.delete(tools.resolve(tool));
        return this;
    }

    /** Writes a file below the root. */
    Path write(final String path, final String text) throws IOException {
        final Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** Puts a Maven on the PATH that records its calls; a package call also makes the class path folder and runs some commands. */
    LauncherCheckout maven(final String version, final String packageCommands) throws IOException {
        executable(tools.resolve("mvn"), """
            #!/bin/sh
            if [ "$1" = --version ]; then echo "Apache Maven %s (fake)"; exit 0; fi
            printf '%%s|' "$PWD" "$JAVA_HOME" "$MAVEN_OPTS" "$@" >>"$CALLS"
            echo >>"$CALLS"
            for a in "$@"; do
                if [ "$a" = package ]; then
                    echo "[INFO] Building Orrery app 0.1 [1/1]"
                    mkdir -p app/target/orrery/jars
                    %s
                fi
            done
            """.formatted(version, packageCommands));
        return this;
    }

    /** Puts a JDK into a folder below the base; its java prints how it was started, or does what it is told. */
    Path jdk(final String path, final String version, final String javaCommands) throws IOException {
        final Path home = Files.createDirectories(base.resolve(path));
        Files.createDirectories(home.resolve("bin"));
        executable(home.resolve("bin/java"), "#!/bin/sh\n" + javaCommands + "\n");
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"");
        return home;
    }

    /** A JDK that prints its home, its folder and its arguments, one a line. */
    Path jdk(final String path, final String version) throws IOException {
        return jdk(path, version, "printf '%s\\n' \"$JAVA_HOME\" \"$PWD\" \"$@\"");
    }

    /** One line for each call of Maven: folder, JAVA_HOME, MAVEN_OPTS, arguments. */
    List<String> mavenCalls() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    Run run(final String... arguments) throws IOException, InterruptedException {
        return run(root, root.resolve("orrery"), arguments);
    }

    Run run(final Path folder, final Path script, final String... arguments) throws IOException, InterruptedException {
        final Path out = Files.createTempFile(base, "out", ".txt");
        final Path err = Files.createTempFile(base, "err", ".txt");
        final Process process = start(folder, script, out, err, arguments);
        if (!process.waitFor(RUN_LIMIT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end within " + RUN_LIMIT_S + " s: " + Files.readString(err));
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Starts the script without a terminal. */
    Process start(final Path folder, final Path script, final Path out, final Path err, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** A jar without classes whose manifest names the class path of this test: the application as it was just built. */
    private Path stubJar() throws IOException {
        final StringBuilder classPath = new StringBuilder();
        for (final String entry : System.getProperty("java.class.path").split(":")) {
            final URI uri = Path.of(entry).toUri();
            classPath.append(uri.toASCIIString()).append(' ');
        }
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath.toString());
        final Path jar = base.resolve("stub.jar");
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.finish();
        }
        return jar;
    }

    private static Path toolPath(final String tool) {
        for (final String folder : System.getenv("PATH").split(":")) {
            final Path path = Path.of(folder, tool);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        throw new AssertionError(tool + " is not on the PATH of this test");
    }

    private static void executable(final Path file, final String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
