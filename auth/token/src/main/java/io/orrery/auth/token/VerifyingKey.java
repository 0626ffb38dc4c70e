package io.orrery.auth.token;

import java.security.PublicKey;

/** Public half of a signing key, with the encoded headers that name it. Immutable; holds no secret. */
final class VerifyingKey {
    final KeyLife life;
    final byte[] raw;
    final PublicKey publicKey;
    /** {@code [kind ordinal][]}, the header of tokens of that kind. */
    final byte[][] headers;

    VerifyingKey(final KeyLife life, final byte[] raw) {
        this.life = life;
        this.raw = raw;
        publicKey = Ed25519.publicKey(raw);
        headers = new byte[TokenKind.ALL.length][];
        for (final TokenKind kind : TokenKind.ALL) {
            headers[kind.ordinal()] = kind.jwsHeader(life.kid());
        }
    }

    VerifyingKey retiredAt(final long epochMs) {
        return new VerifyingKey(life.retiredAt(epochMs), raw);
    }
}
