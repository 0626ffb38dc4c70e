package io.orrery.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictBase64UrlTest {
    private static final long SEED = 20261122L;

    @Test
    void shouldAgreeWithTheJdkBothWaysWhenBytesAreRandom() {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int length = 0; length < 300; length++) {
            final byte[] bytes = new byte[length];
            random.nextBytes(bytes);

            final String text = StrictBase64Url.encode(bytes);
            final byte[] decoded = StrictBase64Url.decodeExactly(text, length);

            assertThat(text).as("seed %d", SEED).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            assertThat(decoded).isEqualTo(bytes);
            assertThat(StrictBase64Url.isWellFormed(text, 0, text.length())).isTrue();
        }
    }

    /** The kinds of malformed base64url that Project Wycheproof collects, which tolerant decoders read as {@code abcd} or the like. */
    @ParameterizedTest
    @ValueSource(strings = {
        "YWJjZA==", "YWJjZA=", "YWJjZA===", "YWJjZ", "YWJjZB", "YWJjZGV", "YWJj ZA", "YWJj\nZA", "YWJj\r\nZA", " YWJjZA", "YWJjZA ",
        "YWJj+A", "YWJj/A", "YWJj%A", "YWJj,A", "YWJj.A",
        "=YWJjZA", "YW=JjZA", "YWJjZA\0", "YWJj\u00e9A", "YWJj\u0141A", "\ufeffYWJjZA", "Y"})
    void shouldRefuseWhenTextIsMalformed(final String text) {
        final byte[] source = text.getBytes(StandardCharsets.ISO_8859_1);

        final int byteCount = StrictBase64Url.decode(source, 0, source.length, new byte[64], 0);

        assertThat(byteCount).isEqualTo(StrictBase64Url.MALFORMED);
        assertThat(StrictBase64Url.isWellFormed(text, 0, text.length())).isFalse();
    }

    @Test
    void shouldAcceptExactlyOneTextWhenLastCharacterVaries() {
        final String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int oneByteCount = 0;
        int twoByteCount = 0;

        for (final char last : alphabet.toCharArray()) {
            oneByteCount += StrictBase64Url.decodeExactly("Q" + last, 1) == null ? 0 : 1;
            twoByteCount += StrictBase64Url.decodeExactly("QQ" + last, 2) == null ? 0 : 1;
        }

        assertThat(oneByteCount).isEqualTo(4);
        assertThat(twoByteCount).isEqualTo(16);
    }

    @Test
    void shouldCheckPartsWhenCompactFormIsGiven() {
        assertThat(CompactForm.isWellFormed("YQ.YQ.YQ", CompactForm.JWS_PART_COUNT, 100)).isTrue();
        assertThat(CompactForm.isWellFormed("YQ..YQ.YQ.YQ", CompactForm.JWE_PART_COUNT, 100)).isTrue();
        assertThat(CompactForm.isWellFormed("YQ.YQ.YQ", CompactForm.JWE_PART_COUNT, 100)).isFalse();
        assertThat(CompactForm.isWellFormed("YQ.YQ.", CompactForm.JWS_PART_COUNT, 100)).isFalse();
        assertThat(CompactForm.isWellFormed(".YQ.YQ", CompactForm.JWS_PART_COUNT, 100)).isFalse();
        assertThat(CompactForm.isWellFormed("YQ.YR.YQ", CompactForm.JWS_PART_COUNT, 100)).isFalse();
        assertThat(CompactForm.isWellFormed("YQ.YQ.YQ", CompactForm.JWS_PART_COUNT, 7)).isFalse();
        assertThat(CompactForm.isWellFormed("", CompactForm.JWS_PART_COUNT, 7)).isFalse();
        assertThat(CompactForm.isWellFormed(null, CompactForm.JWS_PART_COUNT, 7)).isFalse();
    }
}
