package io.orrery.auth.token;

import io.orrery.platform.config.Ranges;
import java.nio.charset.StandardCharsets;

/**
 * Kinds of signed and encrypted tokens. A kind shows twice, so that none can pass for another: in the {@code typ} of the signed header and
 * as a prefix of the audience, which no configured audience may start with.
 */
enum TokenKind {
    /** Shown to servers; RFC 9068 names the type. */
    ACCESS("at+jwt", ""),
    /** Kept in a file and shown to the auth server alone. */
    LOGIN("login+jwt", "login:");

    /** All of them, by ordinal; {@code values()} copies. */
    static final TokenKind[] ALL = values();

    private static final String JWE_HEADER_HEAD = "{\"alg\":\"dir\",\"cty\":\"JWT\",\"enc\":\"A256GCM\",\"kid\":\"";
    private static final String JWE_HEADER_TAIL = "\"}";
    private static final String JWS_HEADER_HEAD = "{\"alg\":\"EdDSA\",\"kid\":\"";

    private final String jwsHeaderTail;
    private final String audiencePrefix;

    TokenKind(final String type, final String audiencePrefix) {
        jwsHeaderTail = "\",\"typ\":\"" + type + "\"}";
        this.audiencePrefix = audiencePrefix;
    }

    /** The audience claim of this kind for a configured audience. */
    String audienceOf(final String audience) {
        return audiencePrefix + audience;
    }

    /** Refuses an audience that could be taken for one of another kind, or is no fit name at all. */
    static void checkAudience(final String audience) {
        Names.checkParty("audience", audience);
        // The longest prefix must fit the claim too.
        Ranges.check("audience length", audience.length(), 1, Names.PARTY_CHARS_MAX - LOGIN.audiencePrefix.length());
        if (audience.startsWith(LOGIN.audiencePrefix)) {
            throw new IllegalArgumentException("audience=" + audience + ", must not begin with " + LOGIN.audiencePrefix);
        }
    }

    /** The one encoded header that tokens of this kind carry when signed with that key. */
    byte[] jwsHeader(final String kid) {
        return encoded(JWS_HEADER_HEAD + kid + jwsHeaderTail);
    }

    /** The one encoded header that tokens of every kind carry when encrypted with that key. */
    static byte[] jweHeader(final String kid) {
        return encoded(JWE_HEADER_HEAD + kid + JWE_HEADER_TAIL);
    }

    /** Tells whether a header is ours but for the key that it names. */
    static boolean isJweHeader(final byte[] source, final int offset, final int length) {
        return isOfForm(decoded(source, offset, length), JWE_HEADER_HEAD, JWE_HEADER_TAIL);
    }

    /** Tells whether a header is ours, of any kind, but for the key that it names. */
    static boolean isJwsHeader(final byte[] source, final int offset, final int length) {
        final String header = decoded(source, offset, length);
        for (final TokenKind kind : ALL) {
            if (isOfForm(header, JWS_HEADER_HEAD, kind.jwsHeaderTail)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfForm(final String header, final String head, final String tail) {
        return header.length() > head.length() + tail.length() && header.startsWith(head) && header.endsWith(tail)
            && Names.isKid(header.substring(head.length(), header.length() - tail.length()));
    }

    private static byte[] encoded(final String header) {
        return StrictBase64Url.encode(header.getBytes(StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
    }

    /** Empty for what is not base64url; such a text is no header either. */
    private static String decoded(final byte[] source, final int offset, final int length) {
        final byte[] header = new byte[length];
        final int byteCount = StrictBase64Url.decode(source, offset, length, header, 0);
        return byteCount < 0 ? "" : new String(header, 0, byteCount, StandardCharsets.ISO_8859_1);
    }
}
