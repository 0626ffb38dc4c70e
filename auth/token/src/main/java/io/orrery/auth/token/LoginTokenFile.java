package io.orrery.auth.token;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.OneLine;

/**
 * Content of a login token file: what logs a client in instead of a password. Its text has these four lines and a newline after each:
 *
 * <pre>
 * orrery-login-token 1
 * server https://auth.example:8443
 * account bot-17
 * token COMPACT
 * </pre>
 *
 * <p>Server and account are for people and for the client's choice; only the token counts. The file is a secret: mode 0600.
 *
 * @param server address of the auth server, 1 to 128 visible ASCII characters without quote and backslash.
 * @param account name to show, same.
 * @param token compact form of the login token.
 */
public record LoginTokenFile(String server, String account, String token) {
    /** Longest text that is read, in characters. */
    public static final int TEXT_CHARS_MAX = 8 * 1024;

    private static final String TITLE = "orrery-login-token ";
    private static final String VERSION = "1";
    private static final String[] LINE_HEADS = {TITLE, "server ", "account ", "token "};

    /** Checks the fields. */
    public LoginTokenFile {
        Names.checkParty("server", server);
        Names.checkParty("account", account);
        if (!CompactForm.isWellFormed(token, CompactForm.JWE_PART_COUNT, AccessTokenVerifier.TOKEN_CHARS_MAX)) {
            throw new IllegalArgumentException("token is not the compact form of an encrypted token");
        }
    }

    /**
     * Reads the text that {@link #toText()} wrote.
     *
     * @param sourceName where the text comes from, for messages: a file's name.
     * @param text from outside.
     * @return the content.
     * @throws ConfigurationException naming source, line and fault; nothing of the token is in the message.
     */
    public static LoginTokenFile parse(final String sourceName, final String text) {
        if (text == null || text.length() > TEXT_CHARS_MAX) {
            throw new ConfigurationException(OneLine.of(sourceName) + " has " + (text == null ? "no text" : text.length() + " characters")
                + ", must have 1.." + TEXT_CHARS_MAX);
        }
        final String[] values = new String[LINE_HEADS.length];
        int start = 0;
        for (int i = 0; i < LINE_HEADS.length; i++) {
            final int lineEnd = text.indexOf('\n', start);
            if (lineEnd < 0) {
                throw fault(sourceName, i + 1, "is missing or cut off, must be \"" + LINE_HEADS[i] + "...\" and a newline");
            }
            if (!text.startsWith(LINE_HEADS[i], start)) {
                throw fault(sourceName, i + 1, "does not begin with \"" + LINE_HEADS[i] + '"');
            }
            values[i] = text.substring(Math.min(lineEnd, start + LINE_HEADS[i].length()), lineEnd);
            check(sourceName, i, values[i]);
            start = lineEnd + 1;
        }
        if (start != text.length()) {
            throw fault(sourceName, LINE_HEADS.length + 1, "follows the last line of such a file");
        }
        return new LoginTokenFile(values[1], values[2], values[3]);
    }

    /**
     * Writes the content. It is a secret: only for a file with mode 0600.
     *
     * @return text for {@link #parse}.
     */
    public String toText() {
        return TITLE + VERSION + '\n' + LINE_HEADS[1] + server + '\n' + LINE_HEADS[2] + account + '\n' + LINE_HEADS[3] + token + '\n';
    }

    @Override
    public String toString() {
        return "LoginTokenFile[server=" + server + ", account=" + account + ", token masked]";
    }

    private static void check(final String sourceName, final int index, final String value) {
        if (index == 0 && !value.equals(VERSION)) {
            throw fault(sourceName, 1, "has version " + OneLine.of(value) + ", this release reads version " + VERSION);
        }
        if (index == 1 || index == 2) {
            try {
                Names.checkParty(LINE_HEADS[index].trim(), value);
            } catch (final IllegalArgumentException e) {
                throw fault(sourceName, index + 1, "has " + e.getMessage());
            }
        }
        if (index == 3 && !CompactForm.isWellFormed(value, CompactForm.JWE_PART_COUNT, AccessTokenVerifier.TOKEN_CHARS_MAX)) {
            throw fault(sourceName, 4, "is not the compact form of an encrypted token: it was changed or cut off");
        }
    }

    private static ConfigurationException fault(final String sourceName, final int lineNumber, final String what) {
        return new ConfigurationException(OneLine.of(sourceName) + " line " + lineNumber + ' ' + what);
    }
}
