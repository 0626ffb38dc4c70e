package io.orrery.auth.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Base64url without padding (RFC 4648 section 5, RFC 7515 section 2) where every byte string has exactly one text: no padding, no white
 * space, no other alphabet, and unused bits of the last character are zero. The JDK's decoder and common libraries are more tolerant.
 */
final class StrictBase64Url {
    /** Result of {@link #decode(byte[], int, int, byte[], int)} for what is not in that form. */
    static final int MALFORMED = -1;

    private static final byte[] ALPHABET =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    /** {@code [256]}, value of each character or -1. */
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length; i++) {
            VALUES[ALPHABET[i]] = (byte) i;
        }
    }

    private StrictBase64Url() {
    }

    static int encodedLength(final int length) {
        return (length * 4 + 2) / 3;
    }

    /** Writes the text of bytes; returns its length. */
    static int encode(final byte[] source, final int offset, final int length, final byte[] target, final int targetOffset) {
        int in = offset;
        int out = targetOffset;
        final int wholeEnd = offset + length - length % 3;
        while (in < wholeEnd) {
            final int bits = (source[in] & 0xFF) << 16 | (source[in + 1] & 0xFF) << 8 | source[in + 2] & 0xFF;
            target[out] = ALPHABET[bits >>> 18];
            target[out + 1] = ALPHABET[bits >>> 12 & 63];
            target[out + 2] = ALPHABET[bits >>> 6 & 63];
            target[out + 3] = ALPHABET[bits & 63];
            in += 3;
            out += 4;
        }
        final int rest = length % 3;
        if (rest == 1) {
            target[out++] = ALPHABET[(source[in] & 0xFF) >>> 2];
            target[out++] = ALPHABET[source[in] << 4 & 63];
        } else if (rest == 2) {
            final int bits = (source[in] & 0xFF) << 8 | source[in + 1] & 0xFF;
            target[out++] = ALPHABET[bits >>> 10];
            target[out++] = ALPHABET[bits >>> 4 & 63];
            target[out++] = ALPHABET[bits << 2 & 63];
        }
        return out - targetOffset;
    }

    static String encode(final byte[] source) {
        final byte[] text = new byte[encodedLength(source.length)];
        encode(source, 0, source.length, text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** Reads a text into bytes; returns their count, or {@link #MALFORMED} with the target undefined. */
    static int decode(final byte[] source, final int offset, final int length, final byte[] target, final int targetOffset) {
        final int rest = length & 3;
        if (rest == 1) {
            return MALFORMED;
        }
        int in = offset;
        int out = targetOffset;
        final int wholeEnd = offset + length - rest;
        while (in < wholeEnd) {
            final int bits = valueAt(source, in) << 18 | valueAt(source, in + 1) << 12
                | valueAt(source, in + 2) << 6 | valueAt(source, in + 3);
            if (bits < 0) {
                return MALFORMED;
            }
            target[out] = (byte) (bits >>> 16);
            target[out + 1] = (byte) (bits >>> 8);
            target[out + 2] = (byte) bits;
            in += 4;
            out += 3;
        }
        if (rest == 2) {
            final int bits = valueAt(source, in) << 6 | valueAt(source, in + 1);
            if (bits < 0 || (bits & 0xF) != 0) {
                return MALFORMED;
            }
            target[out++] = (byte) (bits >>> 4);
        } else if (rest == 3) {
            final int bits = valueAt(source, in) << 12 | valueAt(source, in + 1) << 6 | valueAt(source, in + 2);
            if (bits < 0 || (bits & 0x3) != 0) {
                return MALFORMED;
            }
            target[out++] = (byte) (bits >>> 10);
            target[out++] = (byte) (bits >>> 2);
        }
        return out - targetOffset;
    }

    /** Reads a text of exactly so many bytes; null for anything else. */
    static byte[] decodeExactly(final String text, final int byteCount) {
        if (text.length() != encodedLength(byteCount)) {
            return null;
        }
        final byte[] bytes = new byte[byteCount];
        final byte[] source = text.getBytes(StandardCharsets.US_ASCII);
        return decode(source, 0, source.length, bytes, 0) == byteCount ? bytes : null;
    }

    /** Tells whether a run of characters is in the form, without decoding it. */
    static boolean isWellFormed(final CharSequence text, final int offset, final int length) {
        final int rest = length & 3;
        if (rest == 1) {
            return false;
        }
        for (int i = offset; i < offset + length; i++) {
            if (text.charAt(i) > 127 || VALUES[text.charAt(i)] < 0) {
                return false;
            }
        }
        if (rest == 0) {
            return true;
        }
        final int unusedBits = rest == 2 ? 0xF : 0x3;
        return (VALUES[text.charAt(offset + length - 1)] & unusedBits) == 0;
    }

    /** Negative for a character outside the alphabet; the sign survives shifting by up to 18 and or-ing. */
    private static int valueAt(final byte[] source, final int index) {
        return VALUES[source[index] & 0xFF];
    }
}
