package io.orrery.game.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeEpochTest {
    @TempDir
    private Path temporary;
    private Path folder;
    private Path file;

    @BeforeEach
    void nameFolder() {
        folder = temporary.resolve("new data/folder");
        file = folder.resolve(NodeEpoch.FILE_NAME);
    }

    @Test
    void shouldCountStartsFromOneWhenTheFolderIsNew() throws IOException {
        assertThat(NodeEpoch.next(folder)).isEqualTo(1);
        assertThat(NodeEpoch.next(folder)).isEqualTo(2);
        assertThat(NodeEpoch.next(folder)).isEqualTo(3);
        assertThat(file).hasContent("3\n");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void shouldGoOnFromANumberThatAUserWrote() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(file, "  41\r\n\n");

        assertThat(NodeEpoch.next(folder)).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "abc", "0", "-1", "1.5", "0x10", "1 2", "9223372036854775807", "9223372036854775808",
        "00000000000000000000000000001", "\u001b[31m7"})
    void shouldNamePathAndRemedyWhenTheFileHoldsNoEpoch(final String text) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(file, text);

        assertThatThrownBy(() -> NodeEpoch.next(folder))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(file + " holds \"")
            .hasMessageEndingWith("\", must be a whole number from 1: write one above every earlier epoch into it")
            .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\u001b", "\n"));
        assertThat(Files.readString(file)).as("the file is left as it was").isEqualTo(text);
    }

    @Test
    void shouldReadNoMoreThanANumberOfAHugeFile() throws IOException {
        Files.createDirectories(folder);
        final byte[] huge = new byte[8 << 20];
        Arrays.fill(huge, (byte) '7');
        Files.write(file, huge);

        assertThatThrownBy(() -> NodeEpoch.next(folder))
            .hasMessage(file + " holds \"" + "7".repeat(21)
                + "\", must be a whole number from 1: write one above every earlier epoch into it");
        assertThat(file).hasSize(huge.length);
    }

    @Test
    void shouldNamePathAndRemedyWhenAFolderIsInTheFilesPlace() throws IOException {
        Files.createDirectories(file);

        assertThatThrownBy(() -> NodeEpoch.next(folder))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(file + " cannot be read (")
            .hasMessageEndingWith(", must be a file with a whole number: write one above every earlier epoch into it");
        assertThat(file).isDirectory();
    }

    @Test
    void shouldNamePathAndRemedyWhenTheDataFolderIsAFile() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "not a folder", StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> NodeEpoch.next(folder))
            .isInstanceOf(IOException.class).hasMessage(folder + " is not a folder, give another data folder");
        assertThatThrownBy(() -> NodeEpoch.next(folder.resolve("below")))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(folder.resolve("below") + " cannot be made")
            .hasMessageEndingWith(", give a data folder that may be written");
    }

    /** A folder in the temporary file's place cannot be written by anybody, not even by root, whom permissions do not hold. */
    @Test
    void shouldLeaveTheEpochAsItWasWhenItCannotBeWritten() throws IOException {
        NodeEpoch.next(folder);
        Files.createDirectory(folder.resolve(NodeEpoch.FILE_NAME + ".new"));

        assertThatThrownBy(() -> NodeEpoch.next(folder))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith(file + " cannot be written (")
            .hasMessageEndingWith(", give a data folder that may be written");
        assertThat(file).hasContent("1\n");
    }
}
