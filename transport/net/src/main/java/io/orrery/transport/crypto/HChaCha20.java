package io.orrery.transport.crypto;

/**
 * Derives the one-message key of XChaCha20 from a key and the first 16 bytes of the nonce (draft-irtf-cfrg-xchacha, section 2.2).
 *
 * <p>Stateless apart from its scratch words; one thread.
 */
final class HChaCha20 {
    private static final int ROUNDS = 20;
    private static final int WORDS = 16;

    private final int[] state = new int[WORDS];

    /**
     * Derives a key.
     *
     * @param key 32 bytes.
     * @param nonce at least 16 bytes; the first 16 are used.
     * @param subKey out, 32 bytes.
     */
    void derive(final byte[] key, final byte[] nonce, final byte[] subKey) {
        // "expand 32-byte k", as four little-endian words
        state[0] = 0x61707865;
        state[1] = 0x3320646e;
        state[2] = 0x79622d32;
        state[3] = 0x6b206574;
        for (int i = 0; i < 8; i++) {
            state[4 + i] = word(key, 4 * i);
        }
        for (int i = 0; i < 4; i++) {
            state[12 + i] = word(nonce, 4 * i);
        }

        for (int round = 0; round < ROUNDS; round += 2) {
            quarter(0, 4, 8, 12);
            quarter(1, 5, 9, 13);
            quarter(2, 6, 10, 14);
            quarter(3, 7, 11, 15);
            quarter(0, 5, 10, 15);
            quarter(1, 6, 11, 12);
            quarter(2, 7, 8, 13);
            quarter(3, 4, 9, 14);
        }

        for (int i = 0; i < 4; i++) {
            put(subKey, 4 * i, state[i]);
            put(subKey, 16 + 4 * i, state[12 + i]);
        }
    }

    private void quarter(final int a, final int b, final int c, final int d) {
        state[a] += state[b];
        state[d] = Integer.rotateLeft(state[d] ^ state[a], 16);
        state[c] += state[d];
        state[b] = Integer.rotateLeft(state[b] ^ state[c], 12);
        state[a] += state[b];
        state[d] = Integer.rotateLeft(state[d] ^ state[a], 8);
        state[c] += state[d];
        state[b] = Integer.rotateLeft(state[b] ^ state[c], 7);
    }

    private static int word(final byte[] bytes, final int offset) {
        return (bytes[offset] & 0xFF) | (bytes[offset + 1] & 0xFF) << 8 | (bytes[offset + 2] & 0xFF) << 16 | bytes[offset + 3] << 24;
    }

    private static void put(final byte[] bytes, final int offset, final int word) {
        bytes[offset] = (byte) word;
        bytes[offset + 1] = (byte) (word >>> 8);
        bytes[offset + 2] = (byte) (word >>> 16);
        bytes[offset + 3] = (byte) (word >>> 24);
    }
}
