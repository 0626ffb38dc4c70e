package io.orrery.transport.reliable;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One end of an acknowledged packet stream: numbers what is sent, remembers what came, tells which sent packets arrived.
 *
 * <p>Writing thread: the connection's owner. Memory: fixed; 256 sent packets are remembered, a packet acknowledged later than that is taken
 * for lost. All sequences are 16 bits, compared modulo 65,536.
 *
 * <p>Guarantees (G1) a tag comes back once at most, and only after the other side acknowledged that packet; (G2) a header that is refused
 * changes nothing.
 */
public final class ReliableEndpoint {
    /** How many sent packets are remembered. */
    public static final int SENT_CAPACITY = 256;
    /** Refused: this sequence came before. */
    public static final int DUPLICATE = -4;

    private static final int SEQUENCE_MASK = 0xFFFF;
    private static final int ACK_WINDOW = Integer.SIZE;
    private static final int NOTHING_RECEIVED = 0xFFFF;
    private static final int NO_SEQUENCE = -1;

    private final PacketHeader header = new PacketHeader();
    private final long[] sentTags = new long[SENT_CAPACITY];
    private final int[] sentSequences = new int[SENT_CAPACITY];

    private int nextSequence;
    private int newestReceived;
    private int receivedMask;
    private int newestAcked;
    private int ackedMask;
    private boolean isAckDue;

    /** Creates an endpoint of a new connection. */
    public ReliableEndpoint() {
        reset();
    }

    /** Forgets everything, for a new connection. */
    public void reset() {
        nextSequence = 0;
        newestReceived = NOTHING_RECEIVED;
        receivedMask = 0;
        newestAcked = NOTHING_RECEIVED;
        // Nothing before sequence 0 was sent, so nothing of it can become acknowledged.
        ackedMask = -1;
        isAckDue = false;
        for (int i = 0; i < SENT_CAPACITY; i++) {
            sentTags[i] = 0;
            sentSequences[i] = NO_SEQUENCE;
        }
    }

    /**
     * Writes the header of the next packet; it acknowledges everything received so far.
     *
     * @param buffer to write to.
     * @param offset of the header, in bytes.
     * @param tag comes back once the packet is acknowledged; 0 if that is not wanted.
     * @return length of the header, 4 to 9 bytes.
     */
    public int writeHeader(final MutableDirectBuffer buffer, final int offset, final long tag) {
        final int sequence = nextSequence;
        nextSequence = sequence + 1 & SEQUENCE_MASK;
        final int index = sequence & SENT_CAPACITY - 1;
        sentSequences[index] = sequence;
        sentTags[index] = tag;
        isAckDue = false;
        return PacketHeader.encode(buffer, offset, sequence, newestReceived, receivedMask);
    }

    /** The packet whose header was written last did not leave: its tag will not come back. */
    public void onNotSent() {
        sentTags[nextSequence - 1 & SENT_CAPACITY - 1] = 0;
        isAckDue = true;
    }

    /**
     * Reads the header of a packet that came, and acknowledges what it acknowledges.
     *
     * @param buffer to read from.
     * @param offset of the packet, in bytes.
     * @param length of the packet, in bytes.
     * @param handler told of each packet that is known to have arrived by this header, oldest first.
     * @return length of the header, or below 0: {@link PacketHeader#TRUNCATED}, {@link PacketHeader#FRAGMENT},
     *     {@link PacketHeader#NOT_CANONICAL}, {@link #DUPLICATE}; drop the packet then.
     */
    public int onHeader(final DirectBuffer buffer, final int offset, final int length, final AckHandler handler) {
        final int headerLength = header.decode(buffer, offset, length);
        if (headerLength < 0) {
            return headerLength;
        }
        if (!receive(header.sequence())) {
            return DUPLICATE;
        }
        if (length > headerLength) {
            isAckDue = true;
        }
        acknowledge(header.ack(), header.ackMask(), handler);
        return headerLength;
    }

    /**
     * Whether a message came since the last header was written. Packets that are only a header do not count: two idle ends stay idle.
     *
     * @return true if the other side waits for an acknowledgement.
     */
    public boolean isAckDue() {
        return isAckDue;
    }

    /** False if the sequence is known. One too old to be known or acknowledged passes: nothing above needs it fresh. */
    private boolean receive(final int sequence) {
        final int ahead = (short) (sequence - newestReceived);
        if (receivedMask == 0 || ahead > 0) {
            receivedMask = receivedMask == 0 || ahead >= ACK_WINDOW ? 1 : receivedMask << ahead | 1;
            newestReceived = sequence;
            return true;
        }
        final int behind = -ahead;
        if (behind >= ACK_WINDOW) {
            return true;
        }
        if ((receivedMask & 1 << behind) != 0) {
            return false;
        }
        receivedMask |= 1 << behind;
        return true;
    }

    private void acknowledge(final int ack, final int mask, final AckHandler handler) {
        final int ahead = (short) (ack - newestAcked);
        final boolean isUnsent = (short) (ack - nextSequence) >= 0;
        if (mask == 0 || isUnsent || ahead <= -ACK_WINDOW) {
            return;
        }
        int fresh;
        if (ahead >= 0) {
            final int known = ahead >= ACK_WINDOW ? 0 : ackedMask << ahead;
            fresh = mask & ~known;
            newestAcked = ack;
            ackedMask = known | mask;
        } else {
            // An older header that was overtaken: bring its mask to the newest ack; what falls off the end is taken for lost.
            fresh = mask << -ahead & ~ackedMask;
            ackedMask |= fresh;
        }
        while (fresh != 0) {
            final int oldest = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(fresh);
            fresh &= ~(1 << oldest);
            report(newestAcked - oldest & SEQUENCE_MASK, handler);
        }
    }

    private void report(final int sequence, final AckHandler handler) {
        final int index = sequence & SENT_CAPACITY - 1;
        if (sentSequences[index] == sequence && sentTags[index] != 0) {
            final long tag = sentTags[index];
            sentTags[index] = 0;
            handler.onAcked(tag);
        }
    }
}
