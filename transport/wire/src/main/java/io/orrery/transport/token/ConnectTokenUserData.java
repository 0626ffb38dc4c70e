package io.orrery.transport.token;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Flyweight over the user data of a connect token. Little endian; bytes behind the last field are zero.
 *
 * <pre>
 * offset  length  field
 *      0       2  layout version, 1
 *      2       2  zero
 *      4       4  roles: bit 0 player, bit 1 game master
 *      8       8  node epoch of the game server that the token is for
 *     16       8  account id
 *     24      16  session id
 *     40       8  session epoch
 *     48       8  character id
 *     56       4  start position x in centimetres, 0xFFFFFFFF = wherever the world puts it
 *     60       4  start position y in centimetres, same
 *     64     192  zero
 * </pre>
 *
 * <p>Not thread safe; valid while the buffer is.
 */
public final class ConnectTokenUserData {
    /** Bytes of user data in a connect token. */
    public static final int LENGTH = 256;
    /** Layout that this class writes and reads. */
    public static final int LAYOUT_VERSION = 1;
    /** Role bit of every player. */
    public static final int ROLE_PLAYER = 1;
    /** Role bit of a game master. */
    public static final int ROLE_GAME_MASTER = 2;
    /** Start coordinate that leaves the choice to the world. */
    public static final int POSITION_ANY = -1;

    private static final int VERSION_OFFSET = 0;
    private static final int ROLES_OFFSET = 4;
    private static final int NODE_EPOCH_OFFSET = 8;
    private static final int ACCOUNT_ID_OFFSET = 16;
    private static final int SESSION_ID_OFFSET = 24;
    private static final int SESSION_EPOCH_OFFSET = 40;
    private static final int CHARACTER_ID_OFFSET = 48;
    private static final int START_X_OFFSET = 56;
    private static final int START_Y_OFFSET = 60;

    private DirectBuffer source;
    private int base;

    /**
     * Fills user data.
     *
     * @param buffer target.
     * @param offset first byte, {@value #LENGTH} bytes are written.
     * @param fields what to write.
     */
    public static void write(final MutableDirectBuffer buffer, final int offset, final Fields fields) {
        buffer.setMemory(offset, LENGTH, (byte) 0);
        buffer.putShort(offset + VERSION_OFFSET, (short) LAYOUT_VERSION, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + ROLES_OFFSET, fields.roles, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + NODE_EPOCH_OFFSET, fields.nodeEpoch, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + ACCOUNT_ID_OFFSET, fields.accountId, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + SESSION_ID_OFFSET, fields.sessionIdLow, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + SESSION_ID_OFFSET + Long.BYTES, fields.sessionIdHigh, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + SESSION_EPOCH_OFFSET, fields.sessionEpoch, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(offset + CHARACTER_ID_OFFSET, fields.characterId, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + START_X_OFFSET, fields.startXCm, ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(offset + START_Y_OFFSET, fields.startYCm, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Looks at user data.
     *
     * @param buffer source.
     * @param offset first byte; {@value #LENGTH} bytes belong to it.
     * @return this, for chaining.
     */
    public ConnectTokenUserData wrap(final DirectBuffer buffer, final int offset) {
        buffer.boundsCheck(offset, LENGTH);
        source = buffer;
        base = offset;
        return this;
    }

    /**
     * Layout version.
     *
     * @return {@value #LAYOUT_VERSION}, or what cannot be read.
     */
    public int layoutVersion() {
        return source.getShort(base + VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * Roles of the account.
     *
     * @return bits {@link #ROLE_PLAYER}, {@link #ROLE_GAME_MASTER}.
     */
    public int roles() {
        return source.getInt(base + ROLES_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Start count of the game server that the token is for.
     *
     * @return any; a server refuses all but its own.
     */
    public long nodeEpoch() {
        return source.getLong(base + NODE_EPOCH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Account.
     *
     * @return its id.
     */
    public long accountId() {
        return source.getLong(base + ACCOUNT_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Session epoch: counts log-ins of the account.
     *
     * @return a higher one wins over a lower one.
     */
    public long sessionEpoch() {
        return source.getLong(base + SESSION_EPOCH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Character to play.
     *
     * @return its id.
     */
    public long characterId() {
        return source.getLong(base + CHARACTER_ID_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Where the character starts, east-west.
     *
     * @return centimetres, or {@link #POSITION_ANY}.
     */
    public int startXCm() {
        return source.getInt(base + START_X_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Where the character starts, north-south.
     *
     * @return centimetres, or {@link #POSITION_ANY}.
     */
    public int startYCm() {
        return source.getInt(base + START_Y_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Values to write.
     *
     * @param roles bits {@link #ROLE_PLAYER}, {@link #ROLE_GAME_MASTER}.
     * @param nodeEpoch start count of the game server.
     * @param accountId account.
     * @param sessionIdLow first eight bytes of the session id.
     * @param sessionIdHigh last eight bytes of the session id.
     * @param sessionEpoch counts log-ins of the account.
     * @param characterId character to play.
     * @param startXCm centimetres, or {@link #POSITION_ANY}.
     * @param startYCm centimetres, or {@link #POSITION_ANY}.
     */
    public record Fields(
        int roles,
        long nodeEpoch,
        long accountId,
        long sessionIdLow,
        long sessionIdHigh,
        long sessionEpoch,
        long characterId,
        int startXCm,
        int startYCm) {
    }
}
