package io.orrery.auth.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads the claims of a token as JSON of exactly one form: these members, in this order, without white space or escapes.
 *
 * <pre>
 * {"iss":"I","sub":"42","aud":"A","jti":"J","iat":1795000000.123,"nbf":1795000000,"exp":1795000300,"roles":["player"]}
 * </pre>
 *
 * <p>Any JSON library reads it. The reader refuses all else, so a duplicate, a reordered or an unknown member cannot mean two things to two
 * readers; a claim more is another token type. {@code iat} has milliseconds, so that "issued until now" can be revoked while a new login of
 * the same second lives. A reader is used by one thread at a time.
 */
final class ClaimsCodec {
    /** The last second that has four digits of year. */
    static final long EPOCH_SECONDS_MAX = 253_402_300_799L;

    private static final byte[] ISSUER = ascii("{\"iss\":\"");
    private static final byte[] ACCOUNT = ascii("\",\"sub\":\"");
    private static final byte[] AUDIENCE = ascii("\",\"aud\":\"");
    private static final byte[] TOKEN_ID = ascii("\",\"jti\":\"");
    private static final byte[] ISSUED_AT = ascii("\",\"iat\":");
    private static final byte[] NOT_BEFORE = ascii(",\"nbf\":");
    private static final byte[] EXPIRES_AT = ascii(",\"exp\":");
    private static final byte[] ROLES = ascii(",\"roles\":[");
    private static final byte[] END = ascii("]}");
    private static final int DIGITS_MAX = 19;

    private byte[] source;
    private int position;
    private int limit;
    private boolean isFaulty;

    static byte[] write(final TokenClaims claims) {
        final StringBuilder text = new StringBuilder(256);
        text.append("{\"iss\":\"").append(claims.issuer())
            .append("\",\"sub\":\"").append(claims.accountId())
            .append("\",\"aud\":\"").append(claims.audience())
            .append("\",\"jti\":\"").append(claims.tokenId())
            .append("\",\"iat\":").append(claims.issuedAtMs() / 1000).append('.');
        final int fractionMs = (int) (claims.issuedAtMs() % 1000);
        text.append((char) ('0' + fractionMs / 100)).append((char) ('0' + fractionMs / 10 % 10)).append((char) ('0' + fractionMs % 10))
            .append(",\"nbf\":").append(claims.notBeforeMs() / 1000)
            .append(",\"exp\":").append(claims.expiresAtMs() / 1000)
            .append(",\"roles\":[");
        for (int i = 0; i < claims.roles().size(); i++) {
            text.append(i == 0 ? "\"" : ",\"").append(claims.roles().get(i)).append('"');
        }
        return text.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads claims; null for anything but the one form. */
    TokenClaims read(final byte[] buffer, final int offset, final int length) {
        source = buffer;
        position = offset;
        limit = offset + length;
        isFaulty = false;

        expect(ISSUER);
        final String issuer = party();
        expect(ACCOUNT);
        final long accountId = number(Long.MAX_VALUE);
        expect(AUDIENCE);
        final String audience = party();
        expect(TOKEN_ID);
        final String tokenId = tokenId();
        expect(ISSUED_AT);
        final long issuedAtMs = number(EPOCH_SECONDS_MAX) * 1000 + thousandths();
        expect(NOT_BEFORE);
        final long notBeforeMs = number(EPOCH_SECONDS_MAX) * 1000;
        expect(EXPIRES_AT);
        final long expiresAtMs = number(EPOCH_SECONDS_MAX) * 1000;
        expect(ROLES);
        final List<String> roles = roles();
        expect(END);

        source = null;
        if (isFaulty || position != limit || accountId < 1) {
            return null;
        }
        return new TokenClaims(issuer, accountId, audience, tokenId, issuedAtMs, notBeforeMs, expiresAtMs, roles);
    }

    private void expect(final byte[] literal) {
        if (limit - position < literal.length) {
            isFaulty = true;
            return;
        }
        for (final byte expected : literal) {
            isFaulty |= source[position++] != expected;
        }
    }

    private String party() {
        final int start = position;
        while (position < limit && Names.isPartyChar(source[position])) {
            position++;
        }
        return text(start, Names.PARTY_CHARS_MAX);
    }

    private String tokenId() {
        final int start = position;
        while (position < limit && Names.isIdChar(source[position])) {
            position++;
        }
        return text(start, Names.TOKEN_ID_CHARS_MAX);
    }

    private List<String> roles() {
        final List<String> roles = new ArrayList<>(4);
        while (!isFaulty && position < limit && source[position] != ']') {
            if (!roles.isEmpty()) {
                isFaulty |= source[position] != ',';
                position++;
            }
            isFaulty |= position >= limit || source[position] != '"';
            position++;
            final int start = position;
            while (position < limit && Names.isRoleChar(source[position])) {
                position++;
            }
            roles.add(isFaulty ? "" : text(start, Names.ROLE_CHARS_MAX));
            isFaulty |= roles.size() > TokenClaims.ROLE_COUNT_MAX || position >= limit || source[position] != '"';
            position++;
        }
        return roles;
    }

    private String text(final int start, final int charsMax) {
        final int length = position - start;
        if (length == 0 || length > charsMax) {
            isFaulty = true;
            return "";
        }
        return new String(source, start, length, StandardCharsets.US_ASCII);
    }

    /** A whole number without a leading zero. */
    private long number(final long max) {
        final int start = position;
        long value = 0;
        while (position < limit && isDigit(source[position]) && position - start < DIGITS_MAX) {
            value = value * 10 + (source[position] - '0');
            position++;
        }
        final int digitCount = position - start;
        // Nineteen digits can overflow into a negative number; twenty are not read.
        isFaulty |= digitCount == 0 || value < 0 || value > max || digitCount > 1 && source[start] == '0';
        return isFaulty ? 0 : value;
    }

    /** A point and exactly three digits. */
    private int thousandths() {
        if (limit - position < 4 || source[position] != '.') {
            isFaulty = true;
            return 0;
        }
        int value = 0;
        for (int i = 1; i <= 3; i++) {
            isFaulty |= !isDigit(source[position + i]);
            value = value * 10 + (source[position + i] - '0');
        }
        position += 4;
        return value;
    }

    private static boolean isDigit(final byte c) {
        return c >= '0' && c <= '9';
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
