package io.orrery.platform.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a properties file: UTF-8, one {@code name = value} a line, comment lines that begin with {@code #} or {@code !}, no continuation
 * lines and no escapes, so that every fault has a line number and a Windows path needs no doubled backslashes.
 *
 * <p>Memory: at most {@link #FILE_BYTES_MAX} of file.
 */
final class SettingsFile {
    /** Longest file that is read, in bytes. */
    static final int FILE_BYTES_MAX = 1 << 20;

    private SettingsFile() {
    }

    /** Reads all values of a file, in its order. Names are not checked yet, except that each occurs once. */
    static List<GivenValue> read(final Path file) {
        final String label = OneLine.of(file.toString());
        final String[] lines = text(file, label).split("\\R", -1);
        final List<GivenValue> values = new ArrayList<>();
        final Map<String, Integer> lineByName = new HashMap<>();
        for (int i = 0; i < lines.length; i++) {
            final String line = lines[i].strip();
            if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == '!') {
                continue;
            }
            final GivenValue value = valueOf(line, label + ":" + (i + 1));
            final Integer firstLine = lineByName.putIfAbsent(value.name(), i + 1);
            if (firstLine != null) {
                throw new ConfigurationException(value.shownName() + ", must be set once only, but is in line " + firstLine + " too"
                    + value.where());
            }
            values.add(value);
        }
        return values;
    }

    private static GivenValue valueOf(final String line, final String origin) {
        final int equals = line.indexOf('=');
        if (equals < 1) {
            throw new ConfigurationException(OneLine.of(line) + ", must be name = value (" + origin + ")");
        }
        if (line.endsWith("\\")) {
            throw new ConfigurationException(OneLine.of(line.substring(0, equals).strip())
                + ", must be on one line: a backslash does not continue it (" + origin + ")");
        }
        final String name = line.substring(0, equals).strip();
        return new GivenValue(name, line.substring(equals + 1).strip(), OneLine.of(name), origin);
    }

    private static String text(final Path file, final String label) {
        try (InputStream in = Files.newInputStream(file)) {
            final byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                throw new ConfigurationException("configuration file " + label + ", must have at most " + FILE_BYTES_MAX + " bytes");
            }
            final String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (final CharacterCodingException e) {
            throw new ConfigurationException("configuration file " + label + ", must be text in UTF-8");
        } catch (final NoSuchFileException e) {
            throw new ConfigurationException("configuration file " + label + ", must exist");
        } catch (final IOException e) {
            throw new ConfigurationException("configuration file " + label + ", must be a readable file: " + OneLine.of(e.getMessage()));
        }
    }
}
