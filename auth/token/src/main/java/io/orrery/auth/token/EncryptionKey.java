package io.orrery.auth.token;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** An AES-256 key, with the encoded header that names it. Immutable; its text never shows the secret. */
final class EncryptionKey {
    static final int KEY_LENGTH = 32;

    final KeyLife life;
    final byte[] raw;
    final SecretKey secretKey;
    final byte[] header;

    EncryptionKey(final KeyLife life, final byte[] raw) {
        this.life = life;
        this.raw = raw;
        secretKey = new SecretKeySpec(raw, "AES");
        header = TokenKind.jweHeader(life.kid());
    }

    EncryptionKey retiredAt(final long epochMs) {
        return new EncryptionKey(life.retiredAt(epochMs), raw);
    }
}
