package io.orrery.auth.token;

/** What became of a token that was shown: one code for each reason to refuse it. Never an exception. */
public enum TokenStatus {
    /** Issued by us, for this audience, and good at this moment. */
    VALID,
    /** Not in the one form that we issue: shape, alphabet, header or claims. */
    MALFORMED,
    /** Names a key that is not known here, or one that was not in use when the token was issued. */
    UNKNOWN_KEY,
    /** The key is known but the content is not what was encrypted with it. */
    NOT_DECRYPTABLE,
    /** Encrypted with a key of ours but not signed by the key that it names. */
    BAD_SIGNATURE,
    /** Ours, but of another kind: a login token shown as an access token, or the other way round. */
    WRONG_TYPE,
    /** Ours by its keys, but names another issuer. */
    WRONG_ISSUER,
    /** Meant for another audience. */
    WRONG_AUDIENCE,
    /** Its time begins later than the clock skew allows. */
    NOT_YET_VALID,
    /** Its time is over. */
    EXPIRED,
    /** Taken back before its time was over. */
    REVOKED,
    /** Longer than any token of ours; not looked at. */
    TOO_LONG
}
