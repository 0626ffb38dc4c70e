package io.orrery.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orrery.platform.config.ConfigurationException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyTextTest {
    private static final long SEED = 20261122L;

    private final SeededRandom random = new SeededRandom(5);
    private final KeyRing ring = KeyRing.generate(Tokens.NOW_MS, random)
        .rotated(Tokens.NOW_MS, Tokens.NOW_MS + 1_000, random).rotated(Tokens.NOW_MS, Tokens.NOW_MS + 2_000, random);
    private final String text = ring.toText();
    private final String[] lines = text.split("\n");

    @Test
    void shouldGiveTheSameTextWhenReadAndWrittenAgain() {
        final String verifierText = ring.verifierKeys().toText();

        assertThat(KeyRing.parse("ring", text).toText()).isEqualTo(text);
        assertThat(KeyRing.parse("ring", text).verifierKeys().toText()).isEqualTo(verifierText);
        assertThat(VerifierKeys.parse("keys", verifierText).toText()).isEqualTo(verifierText);
        assertThat(lines).hasSize(8);
        assertThat(lines[0]).isEqualTo("orrery-key-ring 1");
        assertThat(lines[1]).matches("signing s[A-Za-z0-9_-]{12} (2026-11-18T\\S{12}Z ){3}\\S{43} \\S{43} \\S{8}");
        assertThat(lines[6]).matches("encryption e[A-Za-z0-9_-]{12} \\S+Z \\S+Z - \\S{43} \\S{8}");
    }

    @Test
    void shouldShowNoSecretWhenPrintedOrDistributed() {
        for (final int line : new int[] {1, 2, 3}) {
            final String secret = lines[line].split(" ")[5];
            assertThat(ring.verifierKeys().toText()).doesNotContain(secret);
        }
        for (int line = 1; line < 7; line++) {
            final String secret = lines[line].split(" ")[5];
            assertThat(ring.toString()).doesNotContain(secret).contains("secrets masked");
            assertThat(ring.verifierKeys().toString()).doesNotContain(secret).contains("secrets masked");
        }
    }

    @Test
    void shouldNameTheLineWhenAnyCharacterIsAltered() {
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            final char original = text.charAt(i);
            final char other = original == 'A' ? 'B' : 'A';
            final String altered = text.substring(0, i) + other + text.substring(i + 1);

            final Throwable fault = catchThrowable(() -> KeyRing.parse("/x/keys", altered));

            assertThat(fault).as("character %d", i).isInstanceOf(ConfigurationException.class);
            assertThat(fault.getMessage()).as("character %d", i).startsWith("/x/keys line " + line + ' ');
            if (original == '\n') {
                line++;
            }
        }
    }

    @Test
    void shouldNameTheLineWhenCutOffAnywhere() {
        for (int i = 0; i < text.length(); i++) {
            final String cut = text.substring(0, i);

            final Throwable fault = catchThrowable(() -> KeyRing.parse("keys", cut));

            final int line = cut.isEmpty() ? 1 : (int) cut.chars().filter(c -> c == '\n').count() + 1;
            assertThat(fault).as("first %d", i).isInstanceOf(ConfigurationException.class);
            assertThat(fault.getMessage()).as("first %d", i).startsWith("keys line " + line + ' ');
        }
    }

    @Test
    void shouldNameTheFaultWhenALineIsLostDoubledMovedOrAdded() {
        for (int i = 1; i < 7; i++) {
            final String line = lines[i] + '\n';
            assertThatThrownBy(() -> KeyRing.parse("keys", text.replace(line, ""))).as("lost")
                .hasMessage("keys line 7 does not fit the lines before it: a line was lost, added, moved or changed");
            assertThatThrownBy(() -> KeyRing.parse("keys", text.replace(line, line + line))).as("doubled")
                .hasMessage("keys line 9 does not fit the lines before it: a line was lost, added, moved or changed");
        }
        assertThatThrownBy(() -> KeyRing.parse("keys", text + "\n")).hasMessage("keys line 9 follows the line that ends the file");
        assertThatThrownBy(() -> KeyRing.parse("keys", text.replace("\n", "\r\n"))).hasMessageStartingWith("keys line 1 ");
    }

    @Test
    void shouldSayWhatIsWrongWhenTheWriterWasWrong() {
        final String[] fields = lines[1].split(" ");
        final String life = "signing k 2026-01-01T00:00:00.000Z 2026-01-01T00:00:00.000Z -";
        final String pair = fields[5] + ' ' + fields[6];
        final String otherPublic = lines[2].split(" ")[6];

        assertFault("has a public key that does not belong to its secret key", life + ' ' + fields[5] + ' ' + otherPublic);
        assertFault("has 6 fields before its check, must have 7", life + ' ' + fields[5]);
        assertFault("has a secret key that is not 32 bytes of base64url", life + " AAAA " + fields[6]);
        assertFault("has a key id that is not 1..32 of A-Z, a-z, 0-9, '-', '_'", life.replace(" k ", " k\" ") + ' ' + pair);
        assertFault("has a creation time in another form, must be like 2026-11-22T08:00:00.000Z",
            life.replaceFirst("00.000Z", "00Z") + ' ' + pair);
        assertFault("has a creation time that is none, must be like 2026-11-22T08:00:00.000Z",
            life.replaceFirst("-01-01", "-02-30") + ' ' + pair);
        assertFault("has times out of order, must be created <= active < retired", life.replaceFirst("2026", "2027") + ' ' + pair);
        assertFault("begins with neither \"signing\" nor \"encryption\" nor \"end\"", life.replace("signing", "sining") + ' ' + pair);
    }

    @Test
    void shouldSayWhatIsWrongWhenKeysDoNotFitTogether() {
        final SigningKey signing = ring.signingKeyAt(Tokens.NOW_MS);
        final EncryptionKey encryption = ring.encryptionKeyAt(Tokens.NOW_MS + 5_000);
        final KeyLife life = new KeyLife("k", 0, 0, KeyLife.OPEN);

        assertThatThrownBy(() -> parsed(new KeyTextWriter(KeyTextWriter.RING_TITLE))).hasMessage("keys: has no signing key");
        final KeyTextWriter noEncryption = new KeyTextWriter(KeyTextWriter.RING_TITLE);
        noEncryption.line(KeyTextWriter.SIGNING, life, signing.seed, signing.verifying.raw);
        assertThatThrownBy(() -> parsed(noEncryption)).hasMessage("keys: has no encryption key");
        final KeyTextWriter twoOpen = new KeyTextWriter(KeyTextWriter.RING_TITLE);
        twoOpen.line(KeyTextWriter.SIGNING, life, signing.seed, signing.verifying.raw);
        twoOpen.line(KeyTextWriter.ENCRYPTION, life, encryption.raw);
        twoOpen.line(KeyTextWriter.ENCRYPTION, new KeyLife("l", 0, 0, KeyLife.OPEN), encryption.raw);
        assertThatThrownBy(() -> parsed(twoOpen))
            .hasMessage("keys: must have one encryption key without a retirement time, the last; k breaks that");
        final KeyTextWriter twice = new KeyTextWriter(KeyTextWriter.RING_TITLE);
        twice.line(KeyTextWriter.SIGNING, life.retiredAt(5), signing.seed, signing.verifying.raw);
        twice.line(KeyTextWriter.SIGNING, new KeyLife("k", 0, 5, KeyLife.OPEN), signing.seed, signing.verifying.raw);
        twice.line(KeyTextWriter.ENCRYPTION, life, encryption.raw);
        assertThatThrownBy(() -> parsed(twice)).hasMessage("keys: has the signing key k twice");
    }

    @Test
    void shouldRefuseTheFileWhenItIsOfAnotherVersionOrSort() {
        assertThatThrownBy(() -> KeyRing.parse("keys", text.replace("ring 1", "ring 2")))
            .hasMessage("keys line 1 has version 2, this release reads version 1");
        assertThatThrownBy(() -> KeyRing.parse("keys", ring.verifierKeys().toText()))
            .hasMessage("keys line 1 is no title of such a file, must be \"orrery-key-ring 1\"");
        assertThatThrownBy(() -> VerifierKeys.parse("keys", text))
            .hasMessage("keys line 1 is no title of such a file, must be \"orrery-verifier-keys 1\"");
        assertThatThrownBy(() -> KeyRing.parse("keys", "")).hasMessage("keys line 1 is empty, must be orrery-key-ring 1");
        assertThatThrownBy(() -> KeyRing.parse("keys", null)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> KeyRing.parse("keys", "a".repeat(40_000))).hasMessage("keys has 40000 characters, at most 32768 are read");
    }

    @Test
    void shouldRefuseWithOneLineWhenTextIsRandom() {
        final SplittableRandom choice = new SplittableRandom(SEED);
        for (int i = 0; i < 1_000; i++) {
            final StringBuilder noise = new StringBuilder(i % 2 == 0 ? "" : "orrery-key-ring 1\n");
            final int length = choice.nextInt(400);
            while (noise.length() < length) {
                noise.append(choice.nextInt(10) == 0 ? '\n' : (char) choice.nextInt(i % 3 == 0 ? 65_536 : 128));
            }

            final Throwable fault = catchThrowable(() -> KeyRing.parse("keys", noise.toString()));

            assertThat(fault).as("seed %d, string %d", SEED, i).isInstanceOf(ConfigurationException.class);
            assertThat(fault.getMessage()).startsWith("keys line ").doesNotContain("\n");
        }
    }

    private static void assertFault(final String fault, final String line) {
        final String body = "orrery-key-ring 1\n" + line + ' ' + KeyTextWriter.checkOf(line) + '\n';
        final String wrong = body + "end 1 " + KeyTextWriter.checkOf(body) + '\n';
        assertThatThrownBy(() -> KeyRing.parse("keys", wrong)).hasMessage("keys line 2 " + fault);
    }

    private static KeyRing parsed(final KeyTextWriter writer) {
        return KeyRing.parse("keys", writer.end());
    }
}
