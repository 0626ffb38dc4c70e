package io.orrery.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureFileTest {
    private static final FigureOrigin ORIGIN = new FigureOrigin("./orrery bench world", "abc123", "OpenJDK 25", "2 x Zen 3", "2026-11-22");
    private static final Figure ITERATE = Figure.of("world.iterate.100k", .23, "ns", ORIGIN)
        .against("hand-written | SoA", .22).ratioAtMost(1.05);
    private static final Figure CREATE = Figure.of("world.create.1M", 31, "ns", ORIGIN).against("EnTT", 58).atMost(25);
    private static final Figure PLAIN = Figure.of("demo.handoffs", 1_318, "", ORIGIN);

    @TempDir
    Path folder;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        final Path file = folder.resolve("perf/results/world.json");

        FigureFile.write(file, List.of(ITERATE, CREATE, PLAIN));

        assertThat(FigureFile.read(file)).containsExactly(ITERATE, CREATE, PLAIN);
        final JsonNode first = new ObjectMapper().readTree(file.toFile()).get(0);
        final List<String> fields = new ArrayList<>();
        first.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).containsExactly("id", "value", "unit", "reference", "reference_value", "ratio", "target", "met", "command",
            "commit", "jdk", "machine", "date");
        assertThat(first.get("met").booleanValue()).isTrue();
        assertThat(first.get("target").textValue()).isEqualTo("<= 1.05 x hand-written | SoA");
    }

    @Test
    void shouldReplaceWhatIsMeasuredAgain() throws IOException {
        final Path file = folder.resolve("world.json");
        FigureFile.update(file, List.of(ITERATE, CREATE));
        final Figure better = Figure.of("world.iterate.100k", .2, "ns", ORIGIN);

        FigureFile.update(file, List.of(PLAIN, better));

        assertThat(FigureFile.read(file)).containsExactly(better, CREATE, PLAIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}                    | line 1: START_OBJECT
        [1]                   | line 1: VALUE_NUMBER
        [{"id": {}}]          | line 1: id must be a number, text, true, false or null
        [{"id": 1, "id": 2}]  | line 1: Duplicate
        [{"id": "a.b"}]       | figure 1: value is missing
        [                     | line 1:
        []]                   | line 1:
        []1                   | line 1: nothing may follow the list
        """)
    void shouldRefuseWhatIsNoFiguresFile(final String text, final String reason) throws IOException {
        final Path file = folder.resolve("bad.json");
        Files.writeString(file, text);

        assertThatThrownBy(() -> FigureFile.read(file)).isInstanceOf(IOException.class).hasMessageStartingWith(file + ", ");
        if (!reason.startsWith("line 1: START") && !reason.startsWith("line 1: VALUE")) {
            assertThatThrownBy(() -> FigureFile.read(file)).hasMessageContaining(reason);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "value" : 0.23   | "value" : "0.23" | figure 1: value=0.23, must be a number
        "value" : 0.23   | "value" : null   | figure 1: world.iterate.100k: value=NaN, must be a finite number
        "met" : true     | "met" : null     | figure 1: world.iterate.100k: target=
        "met" : true     | "mett" : true    | figure 1: met is missing
        "unit" : "ns"    | "unit" : null    | figure 1: world.iterate.100k: unit=null, must be set
        world.iterate    | world..iterate   | figure 1: id=world..iterate.100k, must match
        demo.handoffs    | world.create.1M  | figure 3: id=world.create.1M comes twice
        """)
    void shouldNameTheFieldThatIsWrong(final String from, final String to, final String reason) throws IOException {
        final Path file = folder.resolve("world.json");
        FigureFile.write(file, List.of(ITERATE, CREATE, PLAIN));
        Files.writeString(file, Files.readString(file).replaceFirst(Pattern.quote(from), to));

        assertThatThrownBy(() -> FigureFile.read(file)).isInstanceOf(IOException.class).hasMessageContaining(reason);
    }

    @Test
    void shouldRefuseFiguresThatSayNothing() {
        assertThatThrownBy(() -> Figure.of("nodots", 1, "", ORIGIN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAIN.ratioAtMost(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> FigureFile.write(folder.resolve("twice.json"), List.of(PLAIN, PLAIN)))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("id=demo.handoffs comes twice");
        assertThat(folder.resolve("twice.json")).doesNotExist();
    }

    @Test
    void shouldMakeTheSamePageOfTheSameFiles() throws IOException {
        FigureFile.write(folder.resolve("world.json"), List.of(ITERATE, CREATE));
        FigureFile.write(folder.resolve("demo.json"), List.of(PLAIN));
        final Path page = folder.resolve("benchmarks.md");

        BenchmarksPage.write(folder, page);

        assertThat(Files.readString(page)).isEqualTo(BenchmarksPage.text(folder)).endsWith("""
            3 figures, 2 with a target, 1 of them misses it:

            - `world.create.1M`: 31 ns, 0.5345 x EnTT; target <= 25 ns

            ## demo

                ./orrery bench world

            Commit abc123, OpenJDK 25, 2 x Zen 3, 2026-11-22.

            | figure | value | reference | its value | ratio | target | met |
            |---|---:|---|---:|---:|---|---|
            | `demo.handoffs` | 1,318 |  |  |  |  |  |

            ## world

                ./orrery bench world

            Commit abc123, OpenJDK 25, 2 x Zen 3, 2026-11-22.

            | figure | value | reference | its value | ratio | target | met |
            |---|---:|---|---:|---:|---|---|
            | `world.iterate.100k` | 0.23 ns | hand-written \\| SoA | 0.22 ns | 1.045 | <= 1.05 x hand-written \\| SoA | yes |
            | `world.create.1M` | 31 ns | EnTT | 58 ns | 0.5345 | <= 25 ns | **missed** |

            """);
    }

    @Test
    void shouldDescribeThisMachineWithoutNames() {
        final FigureOrigin here = FigureOrigin.here(folder, "./orrery demo", LocalDate.of(2026, 11, 22));

        assertThat(here.commit()).isEqualTo("unknown");
        assertThat(here.date()).isEqualTo("2026-11-22");
        assertThat(here.jdk()).contains("25");
        assertThat(here.machine()).matches("\\d+ x .+, \\d+ GiB, .+");
    }
}
