package io.orrery.auth.token;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.OneLine;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text form of keys, described at {@link KeyRing#parse}: strictly, naming source, line and fault, and never quoting what could be
 * a secret. Used once, by one thread. Memory: bounded by {@link KeyRing#TEXT_CHARS_MAX}.
 */
final class KeyTextReader {
    private static final int LIFE_FIELD_COUNT = 5;

    private final String sourceName;
    private final List<SigningKey> signingKeys = new ArrayList<>();
    private final List<VerifyingKey> verifyingKeys = new ArrayList<>();
    private final List<EncryptionKey> encryptionKeys = new ArrayList<>();
    private int lineNumber;

    private KeyTextReader(final String sourceName) {
        this.sourceName = sourceName;
    }

    static KeyRing keyRing(final String sourceName, final String text) {
        final KeyTextReader reader = new KeyTextReader(sourceName);
        reader.read(text, KeyTextWriter.RING_TITLE, KeyTextWriter.SIGNING);
        reader.checkLives(reader.verifyingKeys, reader.encryptionKeys);
        return new KeyRing(reader.signingKeys, reader.encryptionKeys);
    }

    static VerifierKeys verifierKeys(final String sourceName, final String text) {
        final KeyTextReader reader = new KeyTextReader(sourceName);
        reader.read(text, KeyTextWriter.VERIFIER_TITLE, KeyTextWriter.VERIFYING);
        reader.checkLives(reader.verifyingKeys, reader.encryptionKeys);
        return new VerifierKeys(reader.verifyingKeys, reader.encryptionKeys);
    }

    private void read(final String text, final String title, final String signingSort) {
        if (text == null || text.isEmpty()) {
            lineNumber = 1;
            throw fault("is empty, must be " + title);
        }
        if (text.length() > KeyRing.TEXT_CHARS_MAX) {
            throw new ConfigurationException(OneLine.of(sourceName) + " has " + text.length() + " characters, at most "
                + KeyRing.TEXT_CHARS_MAX + " are read");
        }
        final List<String> keyLines = new ArrayList<>();
        int start = 0;
        boolean hasEnded = false;
        while (start < text.length()) {
            lineNumber++;
            final int lineEnd = text.indexOf('\n', start);
            if (hasEnded) {
                throw fault("follows the line that ends the file");
            }
            if (lineEnd < 0) {
                throw fault("is cut off: it does not end in a newline");
            }
            final String line = text.substring(start, lineEnd);
            if (lineNumber == 1) {
                checkTitle(line, title);
            } else if (line.equals(KeyTextWriter.END) || line.startsWith(KeyTextWriter.END + ' ')) {
                checkEnd(line, text.substring(0, start));
                hasEnded = true;
            } else {
                keyLines.add(withoutCheck(line));
            }
            start = lineEnd + 1;
        }
        if (!hasEnded) {
            lineNumber++;
            throw fault("is missing: the file is cut off before its line \"" + KeyTextWriter.END + "\"");
        }
        // Only in a text that is whole: a look at a pair costs a signature.
        lineNumber = 1;
        for (final String line : keyLines) {
            lineNumber++;
            key(line, signingSort);
        }
    }

    private void checkTitle(final String line, final String title) {
        if (line.equals(title)) {
            return;
        }
        final String name = title.substring(0, title.indexOf(' ') + 1);
        if (line.startsWith(name) && line.length() <= name.length() + 9) {
            throw fault("has version " + OneLine.of(line.substring(name.length())) + ", this release reads version "
                + title.substring(name.length()));
        }
        throw fault("is no title of such a file, must be \"" + title + "\"");
    }

    private void checkEnd(final String line, final String before) {
        if (!line.equals(KeyTextWriter.END + ' ' + (lineNumber - 2) + ' ' + KeyTextWriter.checkOf(before))) {
            throw fault("does not fit the lines before it: a line was lost, added, moved or changed");
        }
    }

    private String withoutCheck(final String line) {
        final int checkAt = line.lastIndexOf(' ');
        if (checkAt < 0 || !line.substring(checkAt + 1).equals(KeyTextWriter.checkOf(line.substring(0, checkAt)))) {
            throw fault("was changed or is cut off: its check does not fit");
        }
        return line.substring(0, checkAt);
    }

    private void key(final String line, final String signingSort) {
        final String[] fields = line.split(" ", -1);
        if (fields[0].equals(signingSort)) {
            signing(fields, signingSort.equals(KeyTextWriter.SIGNING));
        } else if (fields[0].equals(KeyTextWriter.ENCRYPTION)) {
            checkFieldCount(fields, LIFE_FIELD_COUNT + 1);
            final KeyLife life = life(fields);
            encryptionKeys.add(new EncryptionKey(life, material(fields[LIFE_FIELD_COUNT], "key")));
            checkKeyCount(encryptionKeys.size());
        } else {
            throw fault("begins with neither \"" + signingSort + "\" nor \"" + KeyTextWriter.ENCRYPTION + "\" nor \""
                + KeyTextWriter.END + '"');
        }
    }

    private void signing(final String[] fields, final boolean hasSeed) {
        checkFieldCount(fields, LIFE_FIELD_COUNT + (hasSeed ? 2 : 1));
        final KeyLife life = life(fields);
        final byte[] raw = material(fields[fields.length - 1], "public key");
        final VerifyingKey verifying = new VerifyingKey(life, raw);
        if (hasSeed) {
            final SigningKey key = new SigningKey(verifying, material(fields[LIFE_FIELD_COUNT], "secret key"));
            if (!Ed25519.isPair(key.privateKey, verifying.publicKey)) {
                throw fault("has a public key that does not belong to its secret key");
            }
            signingKeys.add(key);
        }
        verifyingKeys.add(verifying);
        checkKeyCount(verifyingKeys.size());
    }

    private KeyLife life(final String[] fields) {
        if (!Names.isKid(fields[1])) {
            throw fault("has a key id that is not 1.." + Names.KID_CHARS_MAX + " of A-Z, a-z, 0-9, '-', '_'");
        }
        final long createdMs = instant(fields[2], "creation time");
        final long activeFromMs = instant(fields[3], "activation time");
        final long retiredAtMs = fields[4].equals(KeyTextWriter.OPEN) ? KeyLife.OPEN : instant(fields[4], "retirement time");
        if (createdMs > activeFromMs || activeFromMs >= retiredAtMs) {
            throw fault("has times out of order, must be created <= active < retired");
        }
        return new KeyLife(fields[1], createdMs, activeFromMs, retiredAtMs);
    }

    private long instant(final String text, final String what) {
        try {
            final long epochMs = Instant.parse(text).toEpochMilli();
            if (epochMs >= 0 && epochMs <= ClaimsCodec.EPOCH_SECONDS_MAX * 1000 && KeyTextWriter.textOf(epochMs).equals(text)) {
                return epochMs;
            }
        } catch (final DateTimeException | ArithmeticException e) {
            throw fault("has a " + what + " that is none, must be like 2026-11-22T08:00:00.000Z");
        }
        throw fault("has a " + what + " in another form, must be like 2026-11-22T08:00:00.000Z");
    }

    private byte[] material(final String text, final String what) {
        final byte[] bytes = StrictBase64Url.decodeExactly(text, Ed25519.KEY_LENGTH);
        if (bytes == null) {
            throw fault("has a " + what + " that is not " + Ed25519.KEY_LENGTH + " bytes of base64url");
        }
        return bytes;
    }

    private void checkFieldCount(final String[] fields, final int count) {
        if (fields.length != count) {
            throw fault("has " + fields.length + " fields before its check, must have " + count);
        }
    }

    private void checkKeyCount(final int count) {
        if (count > KeyRing.KEY_COUNT_MAX) {
            throw fault("is key " + count + " of its sort, at most " + KeyRing.KEY_COUNT_MAX + " fit");
        }
    }

    private void checkLives(final List<VerifyingKey> verifying, final List<EncryptionKey> encryption) {
        final List<KeyLife> lives = new ArrayList<>();
        verifying.forEach(key -> lives.add(key.life));
        final String signingFault = KeyRing.faultOf(lives, "signing");
        lives.clear();
        encryption.forEach(key -> lives.add(key.life));
        final String encryptionFault = KeyRing.faultOf(lives, "encryption");
        if (signingFault != null || encryptionFault != null) {
            throw new ConfigurationException(OneLine.of(sourceName) + ": " + (signingFault != null ? signingFault : encryptionFault));
        }
    }

    private ConfigurationException fault(final String what) {
        return new ConfigurationException(OneLine.of(sourceName) + " line " + lineNumber + ' ' + what);
    }
}
