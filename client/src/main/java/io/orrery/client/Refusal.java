package io.orrery.client;

import io.orrery.transport.message.codec.RefusalCode;

/**
 * Why a conversation ended: the server's Refused, or a Welcome of a protocol that this client does not speak.
 *
 * @param codeNumber number of a {@link RefusalCode}; one that this client does not know if the server is newer.
 * @param expected value that would have been accepted, 0 where there is none.
 * @param found value that was received.
 */
public record Refusal(int codeNumber, long expected, long found) {
    /**
     * One line that says what, its value and its bound.
     *
     * @return never null.
     */
    public String message() {
        for (final RefusalCode code : RefusalCode.values()) {
            if (code.value() == codeNumber && code != RefusalCode.NULL_VAL) {
                return message(code);
            }
        }
        return "refused with code=" + codeNumber + ", which this client does not know: expected=" + expected + ", found=" + found
            + "; use a newer client";
    }

    private String message(final RefusalCode code) {
        return switch (code) {
            case PROTOCOL_VERSION -> "protocolVersion=" + found + ", must be " + expected + "; use a client of that version";
            case SCHEMA_HASH -> "schemaHash=" + hex(found) + ", must be " + hex(expected)
                + "; use a client built with the server's replication schema";
            case WORLD_FULL -> "characters=" + found + ", must be below " + expected + ": the world is full; try again later";
            case MALFORMED -> "messages=" + found + " that cannot be read, must be at most " + expected
                + "; the client is faulty or speaks another protocol";
            case DRAINING -> "server is draining: expected=" + expected + ", found=" + found + "; connect to another one";
            case NOT_IN_WORLD -> "the character is not in the world: there is no room for it, or it was taken out; try again later";
            case NULL_VAL -> "refused without a code";
        };
    }

    private static String hex(final long value) {
        return "0x" + Long.toHexString(value);
    }
}
