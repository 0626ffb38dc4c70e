package io.orrery.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * A refresh token: opaque, {@code orf1.ID.SECRET} with 128 random bits of id and 256 of secret in base64url. The auth server stores id and
 * {@link #hash()} and never the text; a slow hash is not needed because the secret cannot be guessed. Immutable.
 */
public final class RefreshToken {
    /** Characters of every refresh token. */
    public static final int CHARS = 71;
    /** Characters of an id. */
    public static final int ID_CHARS = 22;
    /** Bytes of a hash. */
    public static final int HASH_LENGTH = 32;

    private static final String PREFIX = "orf1.";
    private static final int ID_LENGTH = 16;
    private static final int SECRET_LENGTH = 32;
    private static final int SECRET_OFFSET = PREFIX.length() + ID_CHARS + 1;

    private final String text;

    private RefreshToken(final String text) {
        this.text = text;
    }

    /**
     * Makes a new one.
     *
     * @param random source of id and secret.
     * @return the token.
     */
    public static RefreshToken create(final SecureRandom random) {
        final byte[] id = new byte[ID_LENGTH];
        random.nextBytes(id);
        final byte[] secret = new byte[SECRET_LENGTH];
        random.nextBytes(secret);
        return new RefreshToken(PREFIX + StrictBase64Url.encode(id) + '.' + StrictBase64Url.encode(secret));
    }

    /**
     * Reads one that was shown.
     *
     * @param text from outside; anything, also null.
     * @return the token, or null if that is none of ours: refuse it as malformed.
     */
    public static RefreshToken parse(final String text) {
        if (text == null || text.length() != CHARS || !text.startsWith(PREFIX) || text.charAt(SECRET_OFFSET - 1) != '.'
            || !StrictBase64Url.isWellFormed(text, PREFIX.length(), ID_CHARS)
            || !StrictBase64Url.isWellFormed(text, SECRET_OFFSET, CHARS - SECRET_OFFSET)) {
            return null;
        }
        return new RefreshToken(text);
    }

    /**
     * Its id, by which it is stored; not a secret.
     *
     * @return {@link #ID_CHARS} characters of base64url.
     */
    public String id() {
        return text.substring(PREFIX.length(), PREFIX.length() + ID_CHARS);
    }

    /**
     * Its text, for the bearer alone.
     *
     * @return {@link #CHARS} characters.
     */
    public String text() {
        return text;
    }

    /**
     * What is stored instead of it: SHA-256 over its text.
     *
     * @return {@link #HASH_LENGTH} bytes, the caller's to keep.
     */
    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /**
     * Compares with what was stored, in a time that tells nothing about either.
     *
     * @param storedHash from {@link #hash()}; anything else does not match.
     * @return true if this is the token that was stored.
     */
    public boolean matches(final byte[] storedHash) {
        return storedHash != null && MessageDigest.isEqual(hash(), storedHash);
    }

    @Override
    public String toString() {
        return "RefreshToken[id=" + id() + ", secret masked]";
    }
}
