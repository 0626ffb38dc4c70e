package io.orrery.transport.crypto;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Seals and opens packets and tokens in place.
 *
 * <p>Writing thread: the one that uses it; an instance keeps scratch state and is never shared. Every buffer must be off-heap
 * ({@link DirectBuffer#byteArray()} is null), so that native code reads it where it lies. Memory: fixed at creation.
 *
 * <p>Guarantees (G1) what {@link #open} or {@link #openToken} refused is not readable as plain text: the bytes are unspecified;
 * (G2) neither keeps a reference to a buffer after it returns.
 */
public interface PacketCipher extends AutoCloseable {
    /** Length of every key, in bytes. */
    int KEY_LENGTH = 32;
    /** Length of the tag that sealing appends, in bytes. */
    int TAG_LENGTH = 16;
    /** Length of the nonce of a token, in bytes. */
    int TOKEN_NONCE_LENGTH = 24;
    /** Most bytes sealed or opened at once, tag included: a 1,200 byte payload or a 1,024 byte token with room to spare. */
    int DATA_LENGTH_MAX = 2048;

    /**
     * Which implementation this is, for start-up lines and reports.
     *
     * @return for example {@code libsodium 1.0.20} or {@code jdk}.
     */
    String name();

    /**
     * Encrypts with ChaCha20-Poly1305 (RFC 8439) and appends the tag. The nonce is four zero bytes and the sequence, little-endian.
     *
     * @param key first {@link #KEY_LENGTH} bytes are the key.
     * @param sequence never used twice with one key.
     * @param additionalData authenticated whole, from 0 to its capacity; may be empty.
     * @param data plain text in, cipher text and tag out.
     * @param offset of the plain text, in bytes.
     * @param length of the plain text, in bytes; {@link #TAG_LENGTH} more are written.
     */
    void seal(DirectBuffer key, long sequence, DirectBuffer additionalData, MutableDirectBuffer data, int offset, int length);

    /**
     * Opens what {@link #seal} made.
     *
     * @param key first {@link #KEY_LENGTH} bytes are the key.
     * @param sequence as it was sealed.
     * @param additionalData as it was sealed.
     * @param data cipher text and tag in, plain text out.
     * @param offset of the cipher text, in bytes.
     * @param length of cipher text and tag, in bytes.
     * @return false if it is not authentic or shorter than a tag; the data are then lost.
     */
    boolean open(DirectBuffer key, long sequence, DirectBuffer additionalData, MutableDirectBuffer data, int offset, int length);

    /**
     * Encrypts with XChaCha20-Poly1305 and appends the tag.
     *
     * @param key first {@link #KEY_LENGTH} bytes are the key.
     * @param nonce first {@link #TOKEN_NONCE_LENGTH} bytes are the nonce, never used twice with one key.
     * @param additionalData authenticated whole, from 0 to its capacity; may be empty.
     * @param data plain text in, cipher text and tag out.
     * @param offset of the plain text, in bytes.
     * @param length of the plain text, in bytes; {@link #TAG_LENGTH} more are written.
     */
    void sealToken(DirectBuffer key, DirectBuffer nonce, DirectBuffer additionalData, MutableDirectBuffer data, int offset, int length);

    /**
     * Opens what {@link #sealToken} made.
     *
     * @param key first {@link #KEY_LENGTH} bytes are the key.
     * @param nonce as it was sealed.
     * @param additionalData as it was sealed.
     * @param data cipher text and tag in, plain text out.
     * @param offset of the cipher text, in bytes.
     * @param length of cipher text and tag, in bytes.
     * @return false if it is not authentic or shorter than a tag; the data are then lost.
     */
    boolean openToken(DirectBuffer key, DirectBuffer nonce, DirectBuffer additionalData, MutableDirectBuffer data, int offset, int length);

    /** Forgets keys kept in scratch memory. The instance is not usable afterwards. */
    @Override
    void close();
}
