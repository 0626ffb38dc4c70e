package io.orrery.auth.token;

import java.security.PrivateKey;

/** An Ed25519 pair. Immutable; its text never shows the secret half. */
final class SigningKey {
    final VerifyingKey verifying;
    final byte[] seed;
    final PrivateKey privateKey;

    SigningKey(final VerifyingKey verifying, final byte[] seed) {
        this.verifying = verifying;
        this.seed = seed;
        privateKey = Ed25519.privateKey(seed);
    }

    KeyLife life() {
        return verifying.life;
    }

    SigningKey retiredAt(final long epochMs) {
        return new SigningKey(verifying.retiredAt(epochMs), seed);
    }
}
