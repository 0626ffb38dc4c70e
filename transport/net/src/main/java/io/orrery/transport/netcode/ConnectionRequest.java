package io.orrery.transport.netcode;

/**
 * Layout of the one packet that is not sealed as a whole.
 *
 * <pre>
 * offset  length  field
 * 0       1       0
 * 1       13      version
 * 14      8       protocol id
 * 22      8       expire time
 * 30      24      nonce of the private part
 * 54      1024    sealed private part; its last 16 bytes, the tag, identify the token
 * </pre>
 */
final class ConnectionRequest {
    static final int VERSION_OFFSET = 1;
    static final int PROTOCOL_ID_OFFSET = 14;
    static final int EXPIRE_OFFSET = 22;
    static final int NONCE_OFFSET = 30;
    static final int PRIVATE_OFFSET = 54;
    static final int TAG_OFFSET = PRIVATE_OFFSET + Netcode.PRIVATE_TOKEN_LENGTH - Netcode.TAG_LENGTH;

    private ConnectionRequest() {
    }
}
