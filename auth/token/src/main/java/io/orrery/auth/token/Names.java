package io.orrery.auth.token;

import io.orrery.platform.config.OneLine;
import io.orrery.platform.config.Ranges;

/** Texts that may stand in headers, claims and files: of few characters, so that none ever needs an escape. */
final class Names {
    static final int KID_CHARS_MAX = 32;
    static final int PARTY_CHARS_MAX = 128;
    static final int ROLE_CHARS_MAX = 32;
    static final int TOKEN_ID_CHARS_MAX = 32;

    private Names() {
    }

    /** Characters of base64url: key ids and token ids. */
    static boolean isIdChar(final int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    /** Visible ASCII but quote and backslash: issuers, audiences. */
    static boolean isPartyChar(final int c) {
        return c > ' ' && c < 127 && c != '"' && c != '\\';
    }

    static boolean isRoleChar(final int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.';
    }

    static boolean isKid(final String text) {
        if (text.isEmpty() || text.length() > KID_CHARS_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isIdChar(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static String checkParty(final String name, final String value) {
        Ranges.required(name, value);
        boolean isFit = !value.isEmpty() && value.length() <= PARTY_CHARS_MAX;
        for (int i = 0; i < value.length() && isFit; i++) {
            isFit = isPartyChar(value.charAt(i));
        }
        if (!isFit) {
            throw new IllegalArgumentException(name + "=" + OneLine.of(value) + ", must be 1.." + PARTY_CHARS_MAX
                + " visible ASCII characters without quote and backslash");
        }
        return value;
    }

    static String checkRole(final String value) {
        Ranges.required("role", value);
        boolean isFit = !value.isEmpty() && value.length() <= ROLE_CHARS_MAX;
        for (int i = 0; i < value.length() && isFit; i++) {
            isFit = isRoleChar(value.charAt(i));
        }
        if (!isFit) {
            throw new IllegalArgumentException("role=" + OneLine.of(value) + ", must be 1.." + ROLE_CHARS_MAX + " of a-z, 0-9, '-', '.'");
        }
        return value;
    }
}
