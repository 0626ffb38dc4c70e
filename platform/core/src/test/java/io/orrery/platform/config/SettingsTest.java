package io.orrery.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Setting BOTS = Setting.wholeNumber("orrery.demo.bots", 200, 0, 2000, "Bots.");
    private static final Setting PERIOD = Setting.duration("orrery.world.tick-period", "50ms", "1ms", "1s", "Time between steps.");
    private static final Setting BUFFER = Setting.bytes("orrery.net.buffer", "64k", "1k", "16m", "Socket buffer.");
    private static final Setting LOSS = Setting.decimal("orrery.net.loss", 0.0, 0.0, 1.0, "Share lost.");
    private static final Setting NAME = Setting.text("orrery.world.name", "", 0, 20, "Name of the world.");
    private static final Setting POLICY = Setting.choice("orrery.world.policy", Policy.SKIP_SLOTS, "What happens to late steps.");
    private static final Setting DATA = Setting.path("orrery.demo.data", "data", "Folder of files.");
    private static final Setting QUIET = Setting.flag("orrery.demo.quiet", false, "Says less.");
    private static final Setting KEY = Setting.text("orrery.auth.key", "", 0, 200, "Signing key.").secret();
    private static final List<Setting> ALL = List.of(BOTS, PERIOD, BUFFER, LOSS, NAME, POLICY, DATA, QUIET, KEY);

    @TempDir
    private Path folder;

    private enum Policy { SKIP_SLOTS, DILATE }

    private enum Other { DILATE }

    @Test
    void shouldHoldDefaultsWhenNothingIsSaid() {
        final Settings settings = Settings.read(context().conclude());

        assertThat(settings.wholeNumber(BOTS)).isEqualTo(200);
        assertThat(settings.durationNs(PERIOD)).isEqualTo(50_000_000L);
        assertThat(settings.bytes(BUFFER)).isEqualTo(65_536L);
        assertThat(settings.decimal(LOSS)).isZero();
        assertThat(settings.text(NAME)).isEmpty();
        assertThat(settings.isSet(NAME)).isFalse();
        assertThat(settings.choice(POLICY, Policy.class)).isEqualTo(Policy.SKIP_SLOTS);
        assertThat(settings.path(DATA)).isEqualTo(Path.of("data"));
        assertThat(settings.isOn(QUIET)).isFalse();
        assertThat(settings.origin(BOTS)).isEqualTo("default");
    }

    @Test
    void shouldLetTheMoreExplicitSourceWin() throws IOException {
        final Path file = file("orrery.demo.bots = 1\norrery.world.name=file\norrery.net.loss=0.5\n");
        final Properties properties = new Properties();
        properties.setProperty("orrery.demo.bots", "2");
        properties.setProperty("orrery.world.name", "property");

        final Settings settings = Settings.read(context().assignment("--set", "orrery.demo.bots=3")
            .systemProperties(properties).file(file).conclude());

        assertThat(settings.wholeNumber(BOTS)).isEqualTo(3);
        assertThat(settings.origin(BOTS)).isEqualTo("--set");
        assertThat(settings.text(NAME)).isEqualTo("property");
        assertThat(settings.origin(NAME)).isEqualTo("system property");
        assertThat(settings.decimal(LOSS)).isEqualTo(0.5);
        assertThat(settings.origin(LOSS)).isEqualTo(file + ":3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        orrery.demo.bots=-1                           | a whole number in 0..2000
        orrery.demo.bots=2001                         | a whole number in 0..2000
        orrery.demo.bots=                             | a whole number in 0..2000
        orrery.demo.bots=2_0                          | a whole number in 0..2000
        orrery.demo.bots=99999999999999999999         | a whole number in 0..2000
        orrery.world.tick-period=50                   | a duration in 1ms..1s with its unit (ns, us, ms, s, m, h)
        orrery.world.tick-period=50x                  | a duration in 1ms..1s with its unit (ns, us, ms, s, m, h)
        orrery.world.tick-period=2s                   | a duration in 1ms..1s with its unit (ns, us, ms, s, m, h)
        orrery.world.tick-period=-5ms                 | a duration in 1ms..1s with its unit (ns, us, ms, s, m, h)
        orrery.world.tick-period=9223372036854775807h | a duration in 1ms..1s with its unit (ns, us, ms, s, m, h)
        orrery.net.buffer=65536                       | a length in 1k..16m with its unit (b, k, m, g)
        orrery.net.buffer=1g                          | a length in 1k..16m with its unit (b, k, m, g)
        orrery.net.loss=NaN                           | a number in 0.0..1.0
        orrery.net.loss=1.01                          | a number in 0.0..1.0
        orrery.net.loss=1e999                         | a number in 0.0..1.0
        orrery.world.name=012345678901234567890       | text of 0..20 printable characters
        orrery.world.policy=SKIP                      | one of skip-slots, dilate
        orrery.demo.quiet=yes                         | true or false
        """)
    void shouldNameValueAndBoundWhenAValueIsNotAllowed(final String assignment, final String allowed) {
        assertThatThrownBy(() -> Settings.read(context().assignment("--set", assignment).conclude()))
            .isInstanceOf(ConfigurationException.class)
            .hasMessage(assignment + ", must be " + allowed + " (--set)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        orrery.wold.name=x | orrery.wold.name, must be a known setting; the nearest is orrery.world.name (--set)
        demo.bots=5        | demo.bots, must be a known setting; the nearest is orrery.demo.bots (--set)
        bots               | --set=bots, must be name=value
        =5                 | --set==5, must be name=value
        """)
    void shouldNameTheNearestSettingWhenOneIsUnknown(final String assignment, final String message) {
        assertThatThrownBy(() -> Settings.read(context().assignment("--set", assignment).conclude()))
            .isInstanceOf(ConfigurationException.class)
            .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"1ns,1", "1us,1000", "1ms,1000000", "1s,1000000000", "2m,120000000000", "3h,10800000000000", "0s,0", "90s,90000000000"})
    void shouldReadEveryUnitOfTime(final String text, final long expectedNs) {
        final Setting any = Setting.duration("orrery.test.span", "0s", "0s", "24h", "Any.");

        final Settings settings = Settings.read(
            new SettingsContext().known(List.of(any)).assignment("--set", "orrery.test.span=" + text).conclude());

        assertThat(settings.durationNs(any)).isEqualTo(expectedNs);
    }

    @ParameterizedTest
    @CsvSource({"1b,1", "1200b,1200", "64k,65536", "1m,1048576", "2g,2147483648"})
    void shouldReadEveryUnitOfBytes(final String text, final long expectedBytes) {
        final Setting any = Setting.bytes("orrery.test.length", "0b", "0b", "4g", "Any.");

        final Settings settings = Settings.read(
            new SettingsContext().known(List.of(any)).assignment("--set", "orrery.test.length=" + text).conclude());

        assertThat(settings.bytes(any)).isEqualTo(expectedBytes);
    }

    @Test
    void shouldNameTheOptionWhenItStandsForASetting() {
        assertThatThrownBy(() -> Settings.read(context().option("--bots", BOTS, "many").conclude()))
            .hasMessage("--bots=many, must be a whole number in 0..2000");
    }

    @Test
    void shouldRefuseAnOptionAndAnAssignmentOfTheSameSetting() {
        final SettingsContext context = context().option("--bots", BOTS, "5").assignment("--set", "orrery.demo.bots=6").conclude();

        assertThatThrownBy(() -> Settings.read(context))
            .hasMessage("orrery.demo.bots=6, must be set once only, but --bots=5 was given too (--set)");
    }

    @Test
    void shouldCheckAValueThatIsOverridden() throws IOException {
        final Path file = file("\norrery.demo.bots = many\n");

        assertThatThrownBy(() -> Settings.read(context().file(file).option("--bots", BOTS, "5").conclude()))
            .hasMessage("orrery.demo.bots=many, must be a whole number in 0..2000 (" + file + ":2)");
    }

    @Test
    void shouldNameFileAndLineOfFaultsInAFile() throws IOException {
        assertFileFault("# c\n! c\n\norrery.demo.bot=1\n",
            "orrery.demo.bot, must be a known setting; the nearest is orrery.demo.bots (FILE:4)");
        assertFileFault("other.name=1\n", "FILE:1)");
        assertFileFault("orrery.demo.bots=1\n\norrery.demo.bots=2",
            "orrery.demo.bots, must be set once only, but is in line 1 too (FILE:3)");
        assertFileFault("orrery.demo.bots 5", "orrery.demo.bots 5, must be name = value (FILE:1)");
        assertFileFault("orrery.world.name = a\\\nb", "orrery.world.name, must be on one line: a backslash does not continue it (FILE:1)");
    }

    @Test
    void shouldReadAFileOfAnyPlatform() throws IOException {
        final Path file = file("\uFEFForrery.world.name = Sternwarte Köln\r\norrery.demo.data = C:\\data\\orrery\r\n");

        final Settings settings = Settings.read(context().file(file).conclude());

        assertThat(settings.text(NAME)).isEqualTo("Sternwarte Köln");
        assertThat(settings.path(DATA)).isEqualTo(Path.of("C:\\data\\orrery"));
    }

    @Test
    void shouldRefuseFilesThatCannotBeConfiguration() throws IOException {
        final Path large = folder.resolve("large");
        Files.write(large, new byte[SettingsFile.FILE_BYTES_MAX + 1]);
        final Path latin = folder.resolve("latin");
        Files.write(latin, "orrery.world.name=Köln".getBytes(StandardCharsets.ISO_8859_1));
        final Path absent = folder.resolve("absent");

        assertFault(large, "configuration file " + large + ", must have at most 1048576 bytes");
        assertFault(latin, "configuration file " + latin + ", must be text in UTF-8");
        assertFault(absent, "configuration file " + absent + ", must exist");
        assertThatThrownBy(() -> Settings.read(context().file(folder).conclude()))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("configuration file " + folder + ", must be a readable file");
    }

    @Test
    void shouldRefuseAnUnknownSystemPropertyInOurNamespaceOnly() {
        final Properties properties = new Properties();
        properties.setProperty("java.vendor", "x");
        properties.setProperty(SettingsContext.ROOT_PROPERTY, "/somewhere");
        Settings.read(context().systemProperties(properties).conclude());
        properties.setProperty("orrery.demo.bot", "5");

        final SettingsContext context = context().systemProperties(properties).conclude();

        assertThatThrownBy(() -> Settings.read(context))
            .hasMessage("orrery.demo.bot, must be a known setting; the nearest is orrery.demo.bots (system property)");
    }

    @Test
    void shouldNeverShowASecret() throws IOException {
        final String key = "s3cr3t".repeat(50);
        final Path file = file("orrery.auth.key = hunter2\n");

        final Settings settings = Settings.read(context().file(file).conclude());

        assertThat(settings.text(KEY)).isEqualTo("hunter2");
        assertThat(settings.describe()).contains("orrery.auth.key          = ****").doesNotContain("hunter2");
        assertThatThrownBy(() -> Settings.read(context().assignment("--set", "orrery.auth.key=" + key).conclude()))
            .hasMessage("orrery.auth.key=****, must be text of 0..200 printable characters (--set)");
    }

    @Test
    void shouldStayOnOneLineWhateverIsGiven() {
        final String hostile = "a\nb\u001b[31m\u202e" + "x".repeat(500);

        assertThatThrownBy(() -> Settings.read(context().option("--bots", BOTS, hostile).conclude()))
            .extracting(Throwable::getMessage).asString()
            .startsWith("--bots=a\\nb\\u{1b}[31m\\u{202e}xxx").endsWith("..., must be a whole number in 0..2000").hasSizeLessThan(300);
    }

    @Test
    void shouldDescribeEverySettingWithItsOrigin() {
        final Settings settings = Settings.read(
            new SettingsContext().known(List.of(BOTS, PERIOD)).option("--bots", BOTS, "5").conclude());

        assertThat(settings.describe()).isEqualTo("""
            orrery.demo.bots         = 5     (--bots)
            orrery.world.tick-period = 50ms  (default)
            """);
    }

    @Test
    void shouldRenderSettingsAsAMarkdownTable() {
        assertThat(SettingsTable.markdown(List.of(PERIOD, NAME, KEY))).isEqualTo("""
            | property | default | allowed | what it is for |
            |---|---|---|---|
            | `orrery.world.tick-period` | `50ms` | a duration in 1ms..1s with its unit (ns, us, ms, s, m, h) | Time between steps. |
            | `orrery.world.name` | not set | text of 0..20 printable characters | Name of the world. |
            | `orrery.auth.key` | not set | text of 0..200 printable characters | Signing key. Secret: never shown. |
            """);
    }

    @Test
    void shouldRefuseMisuseByOurOwnCode() {
        final Settings settings = Settings.read(context().conclude());

        assertThatThrownBy(() -> settings.durationNs(BOTS)).hasMessage("orrery.demo.bots is a WHOLE_NUMBER, not a DURATION");
        assertThatThrownBy(() -> settings.choice(POLICY, Other.class)).hasMessage("orrery.world.policy is no Other");
        assertThatThrownBy(() -> Settings.read(context())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> context().known(List.of(BOTS)).conclude()).hasMessage("orrery.demo.bots is declared twice");
        assertThatThrownBy(() -> Setting.wholeNumber("orrery.demo.x", 5, 6, 7, "X."))
            .hasMessage("orrery.demo.x=5, default must be a whole number in 6..7");
        assertThatThrownBy(() -> Setting.flag("orrery.Demo", true, "X.")).hasMessageContaining("must be orrery.<component>.<name>");
        assertThatThrownBy(() -> settings.isOn(Setting.flag("orrery.demo.other", true, "X."))).hasMessageContaining("is not known");
    }

    private static SettingsContext context() {
        return new SettingsContext().known(ALL);
    }

    private Path file(final String text) throws IOException {
        return Files.writeString(folder.resolve("orrery.properties"), text);
    }

    private void assertFileFault(final String text, final String messageEnd) throws IOException {
        final Path file = file(text);
        assertThatThrownBy(() -> Settings.read(context().file(file).conclude()))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageEndingWith(messageEnd.replace("FILE", file.toString()));
    }

    private void assertFault(final Path file, final String message) {
        assertThatThrownBy(() -> Settings.read(context().file(file).conclude()))
            .isInstanceOf(ConfigurationException.class).hasMessage(message);
    }
}
