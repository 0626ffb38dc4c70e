package io.orrery.auth.token;

/**
 * Strict check of the compact form of JWS and JWE (RFC 7515 section 7.1, RFC 7516 section 7.1), to stand before any library that reads
 * tokens of others: such libraries accept padding, white space, foreign alphabets or unused bits, so that one token has many texts.
 */
public final class CompactForm {
    /** Parts of a signed token. */
    public static final int JWS_PART_COUNT = 3;
    /** Parts of an encrypted token. */
    public static final int JWE_PART_COUNT = 5;

    private CompactForm() {
    }

    /**
     * Tells whether a text has so many parts, each strict base64url. A part may be empty, as a form allows; the first and the last may not.
     *
     * @param token from outside; null is refused.
     * @param partCount {@link #JWS_PART_COUNT} or {@link #JWE_PART_COUNT}.
     * @param charsMax longest accepted, in characters.
     * @return false if the text must not be read any further.
     */
    public static boolean isWellFormed(final CharSequence token, final int partCount, final int charsMax) {
        if (token == null || token.isEmpty() || token.length() > charsMax) {
            return false;
        }
        int foundCount = 0;
        int start = 0;
        for (int i = 0; i <= token.length(); i++) {
            if (i == token.length() || token.charAt(i) == '.') {
                final boolean mayBeEmpty = start > 0 && i < token.length();
                if (!mayBeEmpty && start == i || !StrictBase64Url.isWellFormed(token, start, i - start)) {
                    return false;
                }
                foundCount++;
                start = i + 1;
            }
        }
        return foundCount == partCount;
    }
}
