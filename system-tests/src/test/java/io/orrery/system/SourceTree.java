package io.orrery.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Reads the text files of the checkout: those that git tracks or would, or all that are no build product where git is absent. */
final class SourceTree {
    private static final Set<String> TEXT_TYPES = Set.of("java", "xml", "md", "yml", "yaml", "properties", "txt", "sh", "json", "html",
        "css", "js", "ts", "vue", "py", "flags", "config", "gitignore", "toml", "conf");
    private static final Set<String> SKIPPED_FOLDERS = Set.of(
        "target", ".git", ".orrery", "node_modules", ".idea", ".vscode", ".settings");
    private static final Set<String> SKIPPED_AT_ROOT = Set.of("reports", "data");
    private static final long FILE_BYTES_MAX = 2L << 20;
    private static final int GIT_LIMIT_S = 20;

    private SourceTree() {
    }

    static List<SourceFile> read(final Path root) throws IOException, InterruptedException {
        final List<String> paths = trackedPaths(root);
        final List<SourceFile> files = new ArrayList<>();
        for (final String path : paths == null ? walkedPaths(root) : paths) {
            final Path file = root.resolve(path);
            if (isText(path) && Files.isRegularFile(file) && Files.size(file) <= FILE_BYTES_MAX) {
                files.add(new SourceFile(path, Files.readString(file)));
            }
        }
        return files;
    }

    /** Every path that is no build product, without asking git. */
    static List<String> walkedPaths(final Path root) throws IOException {
        final List<String> paths = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes) {
                final boolean isSource = root.relativize(folder).toString().contains("src");
                final String name = folder.getFileName().toString();
                final boolean isSkipped = SKIPPED_FOLDERS.contains(name) && !isSource && !folder.equals(root)
                    || SKIPPED_AT_ROOT.contains(name) && root.equals(folder.getParent());
                return isSkipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
                paths.add(root.relativize(file).toString().replace('\\', '/'));
                return FileVisitResult.CONTINUE;
            }
        });
        return paths;
    }

    /** Paths that git tracks or would, null if git cannot say. */
    static List<String> trackedPaths(final Path root) throws InterruptedException, IOException {
        if (!Files.exists(root.resolve(".git"))) {
            return null;
        }
        final Path list = Files.createTempFile("tracked", ".txt");
        try {
            final Process git = new ProcessBuilder("git", "-C", root.toString(), "ls-files", "-z", "-co", "--exclude-standard")
                .redirectOutput(list.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!git.waitFor(GIT_LIMIT_S, TimeUnit.SECONDS) || git.exitValue() != 0) {
                git.destroyForcibly();
                return null;
            }
            return List.of(Files.readString(list, StandardCharsets.UTF_8).split("\0"));
        } catch (final IOException gitIsAbsent) {
            return null;
        } finally {
            Files.delete(list);
        }
    }

    private static boolean isText(final String path) {
        final String name = path.substring(path.lastIndexOf('/') + 1);
        final int dot = name.lastIndexOf('.');
        return dot < 0 || TEXT_TYPES.contains(name.substring(dot + 1));
    }
}
