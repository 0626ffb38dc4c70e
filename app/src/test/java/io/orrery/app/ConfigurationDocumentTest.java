package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.platform.config.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md and the settings together. */
class ConfigurationDocumentTest {
    @Test
    void shouldHoldEverySettingWhenComparedWithTheCode() throws IOException {
        final String document = Files.readString(Path.of(System.getProperty("orrery.root"), "docs/configuration.md"));

        assertThat(document).as("take the table from: ./orrery config --table").contains(SettingsTable.markdown(AppSettings.ALL));
    }
}
