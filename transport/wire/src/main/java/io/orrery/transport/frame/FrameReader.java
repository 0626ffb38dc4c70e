package io.orrery.transport.frame;

import org.agrona.DirectBuffer;

/**
 * Reads the body of one frame, as {@link FrameFormat} lays it out, and hands its items to a {@link FrameHandler}.
 *
 * <p>Writing thread: the client's. Memory: one state row. Whatever the bytes, it ends within their length and throws nothing.
 */
public final class FrameReader {
    /** Everything was read. */
    public static final int OK = 0;
    /** The bytes are not a body; items handed over before the fault was seen are not to be trusted. */
    public static final int MALFORMED = -1;
    /** At least one update named a baseline that the handler does not have; all other items were handed over. */
    public static final int UNKNOWN_BASELINE = -2;

    private final BitReader bits = new BitReader();
    private final int[] bitCounts;
    private final boolean[] isConstant;
    private final int[] state;
    private int netId;

    /**
     * Creates a reader.
     *
     * @param schema what a state row holds.
     */
    public FrameReader(final ReplicationSchema schema) {
        bitCounts = new int[schema.fieldCount()];
        isConstant = new boolean[schema.fieldCount()];
        state = new int[schema.fieldCount()];
        for (int i = 0; i < bitCounts.length; i++) {
            bitCounts[i] = schema.field(i).bitCount();
            isConstant[i] = schema.field(i).isConstant();
        }
    }

    /**
     * Reads a body.
     *
     * @param buffer source.
     * @param offset first byte, in bytes.
     * @param length of the body, in bytes.
     * @param handler receives the items in the order of the body.
     * @return {@link #OK}, {@link #MALFORMED} or {@link #UNKNOWN_BASELINE}.
     */
    public int read(final DirectBuffer buffer, final int offset, final int length, final FrameHandler handler) {
        bits.wrap(buffer, offset, length);
        final int commonAge = bits.read(FrameFormat.AGE_BITS);
        if (bits.isOverrun() || commonAge > FrameFormat.BASELINE_AGE_MAX) {
            return MALFORMED;
        }
        if (!readLeaves(handler) || !readEnters(handler)) {
            return MALFORMED;
        }
        final int result = readUpdates(handler, commonAge);
        return result != MALFORMED && bits.isAtEnd() ? result : MALFORMED;
    }

    private boolean readLeaves(final FrameHandler handler) {
        netId = -1;
        while (bits.readBit()) {
            if (!readNetId()) {
                return false;
            }
            handler.onLeave(netId);
        }
        return !bits.isOverrun();
    }

    private boolean readEnters(final FrameHandler handler) {
        netId = -1;
        while (bits.readBit()) {
            if (!readNetId()) {
                return false;
            }
            final long entityId = bits.readLong();
            for (int i = 0; i < bitCounts.length; i++) {
                state[i] = bits.read(bitCounts[i]);
            }
            if (bits.isOverrun()) {
                return false;
            }
            handler.onEnter(netId, entityId, state);
        }
        return !bits.isOverrun();
    }

    private int readUpdates(final FrameHandler handler, final int commonAge) {
        int result = OK;
        netId = -1;
        while (bits.readBit()) {
            if (!readNetId()) {
                return MALFORMED;
            }
            final boolean isCommon = bits.readBit();
            final int age = isCommon ? commonAge : bits.read(FrameFormat.AGE_BITS);
            if (bits.isOverrun() || age > FrameFormat.BASELINE_AGE_MAX || isCommon && age == 0) {
                return MALFORMED;
            }
            final boolean hasBaseline = handler.loadBaseline(netId, age, state);
            if (!readFields(age)) {
                return MALFORMED;
            }
            if (hasBaseline) {
                handler.onUpdate(netId, state);
            } else {
                result = UNKNOWN_BASELINE;
            }
        }
        return bits.isOverrun() ? MALFORMED : result;
    }

    private boolean readFields(final int age) {
        for (int i = 0; i < bitCounts.length; i++) {
            if (isConstant[i]) {
                continue;
            }
            if (age == 0) {
                state[i] = bits.read(bitCounts[i]);
                continue;
            }
            switch (bits.read(FrameFormat.DELTA_CLASS_BITS)) {
                case 0 -> { }
                case 1 -> state[i] += FrameFormat.unzigzag(bits.read(FrameFormat.DELTA_SMALL_BITS));
                case 2 -> state[i] += FrameFormat.unzigzag(bits.read(FrameFormat.DELTA_MEDIUM_BITS));
                default -> state[i] = bits.read(bitCounts[i]);
            }
        }
        return !bits.isOverrun();
    }

    private boolean readNetId() {
        final int gap = switch (bits.read(FrameFormat.GAP_CLASS_BITS)) {
            case 0 -> 0;
            case 1 -> FrameFormat.GAP_SMALL_FROM + bits.read(FrameFormat.GAP_SMALL_BITS);
            case 2 -> FrameFormat.GAP_MEDIUM_FROM + bits.read(FrameFormat.GAP_MEDIUM_BITS);
            default -> bits.read(FrameFormat.NET_ID_BITS);
        };
        netId += gap + 1;
        return !bits.isOverrun() && netId < FrameFormat.NET_ID_CAPACITY;
    }
}
