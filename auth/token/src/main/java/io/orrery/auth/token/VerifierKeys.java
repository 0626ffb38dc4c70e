package io.orrery.auth.token;

import java.util.Arrays;
import java.util.List;

/**
 * What a verifier needs of a {@link KeyRing}: public signing keys and encryption keys. Who has it reads tokens but cannot make one. The
 * encryption keys are secret all the same: its text belongs in a file with mode 0600 or behind an authenticated connection.
 *
 * <p>Immutable. Memory: at most {@link KeyRing#KEY_COUNT_MAX} keys of each sort.
 */
public final class VerifierKeys {
    final List<VerifyingKey> verifyingKeys;
    final List<EncryptionKey> encryptionKeys;
    private final VerifyingKey[] verifyingNewestFirst;
    private final EncryptionKey[] encryptionNewestFirst;

    VerifierKeys(final List<VerifyingKey> verifyingKeys, final List<EncryptionKey> encryptionKeys) {
        this.verifyingKeys = List.copyOf(verifyingKeys);
        this.encryptionKeys = List.copyOf(encryptionKeys);
        verifyingNewestFirst = this.verifyingKeys.reversed().toArray(new VerifyingKey[0]);
        encryptionNewestFirst = this.encryptionKeys.reversed().toArray(new EncryptionKey[0]);
    }

    /**
     * Reads the text that {@link #toText()} wrote; its form is described at {@link KeyRing#parse}.
     *
     * @param sourceName where the text comes from, for messages: a file's name.
     * @param text from outside.
     * @return the keys.
     * @throws io.orrery.platform.config.ConfigurationException naming source, line and fault; nothing of a key is in the message.
     */
    public static VerifierKeys parse(final String sourceName, final String text) {
        return KeyTextReader.verifierKeys(sourceName, text);
    }

    /**
     * Writes all keys as text. It holds secrets.
     *
     * @return text for {@link #parse}.
     */
    public String toText() {
        final KeyTextWriter writer = new KeyTextWriter(KeyTextWriter.VERIFIER_TITLE);
        for (final VerifyingKey key : verifyingKeys) {
            writer.line(KeyTextWriter.VERIFYING, key.life, key.raw);
        }
        for (final EncryptionKey key : encryptionKeys) {
            writer.line(KeyTextWriter.ENCRYPTION, key.life, key.raw);
        }
        return writer.end();
    }

    /** The encryption key whose header that is, or null. */
    EncryptionKey encryptionKey(final byte[] source, final int offset, final int length) {
        for (final EncryptionKey key : encryptionNewestFirst) {
            if (Arrays.equals(key.header, 0, key.header.length, source, offset, offset + length)) {
                return key;
            }
        }
        return null;
    }

    /** The signing key whose header for that kind that is, or null. */
    VerifyingKey verifyingKey(final TokenKind kind, final byte[] source, final int offset, final int length) {
        for (final VerifyingKey key : verifyingNewestFirst) {
            final byte[] header = key.headers[kind.ordinal()];
            if (Arrays.equals(header, 0, header.length, source, offset, offset + length)) {
                return key;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder("VerifierKeys[signing");
        for (final VerifyingKey key : verifyingKeys) {
            text.append(' ').append(key.life.kid());
        }
        text.append(", encryption");
        for (final EncryptionKey key : encryptionKeys) {
            text.append(' ').append(key.life.kid());
        }
        return text.append(", secrets masked]").toString();
    }
}
