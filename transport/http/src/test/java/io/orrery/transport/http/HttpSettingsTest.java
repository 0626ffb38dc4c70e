package io.orrery.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.Settings;
import io.orrery.platform.config.SettingsContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSettingsTest {
    private final HttpSettings http = new HttpSettings("auth", 7443);

    @Test
    void shouldFillAContextFromItsSettings(@TempDir final Path folder) {
        final HttpServerContext context = http.context(
            settings("orrery.auth.http.body-limit=250ms", "orrery.auth.http.connections-max=9"), folder);

        assertThat(context.port()).isEqualTo(7443);
        assertThat(context.name()).isEqualTo("auth");
        assertThat(context.limits().bodyLimitMs()).isEqualTo(250);
        assertThat(context.limits().connectionsMax()).isEqualTo(9);
        assertThat(context.limits().bodyBytesMax()).isEqualTo(65_536);
        assertThat(context.tls().authorityFile()).isEqualTo(folder.resolve("tls/ca.pem"));
    }

    @Test
    void shouldMakeNoCertificateWhenHttpIsPlainOrHalfIsGiven(@TempDir final Path folder) {
        final HttpServerContext plain = http.context(settings("orrery.auth.http.plain-loopback=true"), folder);

        assertThat(plain.tls()).isNull();
        assertThatThrownBy(() -> http.context(settings("orrery.auth.http.key-file=k.pem"), folder))
            .isInstanceOf(ConfigurationException.class)
            .hasMessage("certificateFile=null, must be set together with keyFile, which is k.pem");
        assertThat(Files.exists(folder.resolve("tls"))).isFalse();
    }

    private Settings settings(final String... assignments) {
        final SettingsContext context = new SettingsContext().known(http.all());
        for (final String assignment : assignments) {
            context.assignment("--set", assignment);
        }
        return Settings.read(context.conclude());
    }
}
