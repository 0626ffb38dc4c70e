package io.orrery.transport.frame;

/**
 * The bits of a frame body, shared by writer and reader.
 *
 * <pre>
 * body    = common_age:6 leaves enters updates, zeros to a whole byte
 * leaves  = (1 gap)* 0
 * enters  = (1 gap entity_id:64 field...)* 0      every field in full
 * updates = (1 gap base field...)* 0              every field that is not constant
 * gap     = 00 | 01 v:3 | 10 v:6 | 11 v:10        net id - previous net id of the section - 1 = 0 | 1+v | 9+v | v
 * base    = 1 | 0 age:6                           the common age | an own one; age 0: fields are in full
 * field   = bits in full                          when entering, or updated with age 0
 *         | 00 | 01 z:6 | 10 z:9 | 11 bits        otherwise: same as the baseline | zigzag difference | in full
 * </pre>
 *
 * <p>An age counts frames back from this one to the frame that holds the baseline.
 */
public final class FrameFormat {
    /** Net ids run from 0 to this, exclusive: entities that one client can know at once. */
    public static final int NET_ID_CAPACITY = 1_024;
    /** Oldest baseline that a frame may refer to, in frames. */
    public static final int BASELINE_AGE_MAX = 32;
    /** Frames whose states a client must keep: twice the oldest baseline, so that frames may also arrive that much out of order. */
    public static final int HISTORY_FRAMES = 64;

    static final int AGE_BITS = 6;
    static final int NET_ID_BITS = 10;
    static final int GAP_CLASS_BITS = 2;
    static final int GAP_SMALL_BITS = 3;
    static final int GAP_MEDIUM_BITS = 6;
    static final int GAP_SMALL_FROM = 1;
    static final int GAP_MEDIUM_FROM = GAP_SMALL_FROM + (1 << GAP_SMALL_BITS);
    static final int DELTA_CLASS_BITS = 2;
    static final int DELTA_SMALL_BITS = 6;
    static final int DELTA_MEDIUM_BITS = 9;
    /** Bits of a body without items: common age and the ends of three sections. */
    static final int EMPTY_BITS = AGE_BITS + 3;
    /** Most bits in front of an item's own: that it is there, and its gap. */
    static final int ITEM_BITS_MAX = 1 + GAP_CLASS_BITS + NET_ID_BITS;

    private FrameFormat() {
    }

    static int zigzag(final int value) {
        return value << 1 ^ value >> 31;
    }

    static int unzigzag(final int value) {
        return value >>> 1 ^ -(value & 1);
    }
}
