package io.orrery.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefreshTokenTest {
    private final SeededRandom random = new SeededRandom(11);

    @Test
    void shouldMatchItsHashWhenShownAgain() throws Exception {
        final RefreshToken token = RefreshToken.create(random);

        final RefreshToken shown = RefreshToken.parse(token.text());

        assertThat(token.text()).hasSize(RefreshToken.CHARS).startsWith("orf1.");
        assertThat(shown.id()).isEqualTo(token.id()).hasSize(RefreshToken.ID_CHARS);
        assertThat(shown.matches(token.hash())).isTrue();
        assertThat(token.hash()).hasSize(RefreshToken.HASH_LENGTH)
            .isEqualTo(MessageDigest.getInstance("SHA-256").digest(token.text().getBytes(StandardCharsets.US_ASCII)));
        assertThat(token.toString()).contains(token.id()).doesNotContain(token.text().substring(30));
    }

    @Test
    void shouldNotMatchWhenAnythingIsAltered() {
        final RefreshToken token = RefreshToken.create(random);
        final String text = token.text();
        for (int i = 0; i < text.length(); i++) {
            final char other = text.charAt(i) == 'A' ? 'B' : 'A';
            final RefreshToken altered = RefreshToken.parse(text.substring(0, i) + other + text.substring(i + 1));

            assertThat(altered == null || !altered.matches(token.hash())).as("character %d", i).isTrue();
            assertThat(RefreshToken.parse(text.substring(0, i))).isNull();
        }
        assertThat(RefreshToken.parse(null)).isNull();
        assertThat(RefreshToken.parse(text + "A")).isNull();
        assertThat(RefreshToken.parse(text.replace('.', '='))).isNull();
        assertThat(token.matches(null)).isFalse();
        assertThat(token.matches(new byte[3])).isFalse();
    }

    @Test
    void shouldNeverRepeatWhenManyAreMade() {
        final Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            final RefreshToken token = RefreshToken.create(random);
            seen.add(token.id());
            seen.add(token.text());
        }

        assertThat(seen).hasSize(2_000);
    }
}
