package io.orrery.game.node;

import io.orrery.platform.config.OneLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Counts the starts of a game server in a file, so that a connect token of an earlier start can be told from one of this: a restarted
 * server has lost the list of tokens that were used.
 *
 * <p>Runs on the launcher's thread. The file is replaced as a whole, after it reached the disk.
 */
public final class NodeEpoch {
    /** Name of the file in the data folder: the newest epoch as decimal text. */
    public static final String FILE_NAME = "node-epoch";
    private static final int LENGTH_MAX = 20;

    private NodeEpoch() {
    }

    /**
     * Counts one start.
     *
     * @param dataFolder made if it is missing.
     * @return from 1, one more than the last time.
     * @throws IOException naming the path, what is wrong with it, and what to do; the file is as it was.
     */
    public static long next(final Path dataFolder) throws IOException {
        try {
            Files.createDirectories(dataFolder);
        } catch (final FileAlreadyExistsException e) {
            throw new IOException(dataFolder + " is not a folder, give another data folder", e);
        } catch (final IOException e) {
            throw new IOException(dataFolder + " cannot be made" + because(e) + ", give a data folder that may be written", e);
        }

        final Path file = dataFolder.resolve(FILE_NAME);
        final long epoch = Files.exists(file) ? read(file) + 1 : 1;
        write(file, epoch);
        return epoch;
    }

    private static long read(final Path file) throws IOException {
        final String found;
        try (var in = Files.newInputStream(file)) {
            found = new String(in.readNBytes(LENGTH_MAX + 1), StandardCharsets.US_ASCII).strip();
        } catch (final IOException e) {
            throw new IOException(
                file + " cannot be read" + because(e)
                    + ", must be a file with a whole number: write one above every earlier epoch into it", e);
        }
        try {
            final long epoch = Long.parseLong(found);
            if (epoch >= 1 && epoch < Long.MAX_VALUE) {
                return epoch;
            }
        } catch (final NumberFormatException e) {
            throw corrupt(file, found, e);
        }
        throw corrupt(file, found, null);
    }

    private static IOException corrupt(final Path file, final String found, final Exception cause) {
        return new IOException(
            file + " holds \"" + OneLine.of(found)
                + "\", must be a whole number from 1: write one above every earlier epoch into it", cause);
    }

    private static void write(final Path file, final long epoch) throws IOException {
        final Path temporary = file.resolveSibling(FILE_NAME + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                final ByteBuffer text = ByteBuffer.wrap((epoch + "\n").getBytes(StandardCharsets.US_ASCII));
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new IOException(file + " cannot be written" + because(e) + ", give a data folder that may be written", e);
        }
    }

    /** Access denied and the like say only a path, which the message has already. */
    private static String because(final IOException e) {
        if (e instanceof FileSystemException fault) {
            return fault.getReason() == null ? "" : " (" + OneLine.of(fault.getReason()) + ")";
        }
        return " (" + OneLine.of(e.getMessage()) + ")";
    }
}
