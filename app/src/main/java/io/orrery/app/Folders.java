package io.orrery.app;

import io.orrery.platform.config.OneLine;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sure of folders before anything is started that would need them an hour later. */
final class Folders {
    private Folders() {
    }

    /** Creates a folder unless it is there, and proves that files can be written to it. */
    static void prepare(final String option, final Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".write-", ".tmp"));
        } catch (final IOException e) {
            throw new EnvironmentException(option + "=" + OneLine.of(folder.toString()) + ", must be a folder that can be written to: "
                + reason(e), e);
        }
    }

    private static String reason(final IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied at " + OneLine.of(denied.getFile());
            case FileAlreadyExistsException exists -> OneLine.of(exists.getFile()) + " is no folder";
            default -> OneLine.of(e.getMessage());
        };
    }
}
