package io.orrery.game.egress;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Finished messages on their way to clients.
 *
 * <p>Writing thread: one replication agent. Reading thread: {@code net-io}. Memory: one ring of fixed length. A full ring is a refusal:
 * a frame that was not taken is one that was lost on the way, as any datagram may be.
 *
 * <pre>
 * type     offset 0: connection id   offset 8            offset 16       offset 20
 * FRAME    long                      long frame number   int partition   message
 * GONE     long                      int refusal code
 * </pre>
 */
public final class EgressInbox {
    static final int FRAME = 1;
    static final int GONE = 2;
    static final int CONNECTION_OFFSET = 0;
    static final int FRAME_NUMBER_OFFSET = 8;
    static final int CODE_OFFSET = 8;
    static final int PARTITION_OFFSET = 16;
    static final int MESSAGE_OFFSET = 20;

    private static final int GONE_LENGTH = 12;

    private final RingBuffer ring;

    /**
     * Creates an empty inbox.
     *
     * @param capacityBytes a power of two.
     */
    public EgressInbox(final int capacityBytes) {
        ring = new OneToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(capacityBytes + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
    }

    /**
     * Hands over a frame.
     *
     * @param connectionId of the transport.
     * @param frameNumber comes back when the frame is acknowledged.
     * @param partition that the client's character is in, where its commands are to be sent.
     * @param message copied.
     * @param length of the message, in bytes; it starts at offset 0.
     * @return false if full: the frame is lost.
     */
    public boolean offerFrame(
        final long connectionId, final long frameNumber, final int partition, final DirectBuffer message, final int length) {
        final int index = ring.tryClaim(FRAME, MESSAGE_OFFSET + length);
        if (index < 0) {
            return false;
        }
        ring.buffer().putLong(index + CONNECTION_OFFSET, connectionId);
        ring.buffer().putLong(index + FRAME_NUMBER_OFFSET, frameNumber);
        ring.buffer().putInt(index + PARTITION_OFFSET, partition);
        ring.buffer().putBytes(index + MESSAGE_OFFSET, message, 0, length);
        ring.commit(index);
        return true;
    }

    /**
     * Asks for the end of a client whose character is not in the world.
     *
     * @param connectionId of the transport.
     * @param refusalCode a {@code RefusalCode} value.
     * @return false if full: nothing happened, offer again.
     */
    public boolean offerGone(final long connectionId, final int refusalCode) {
        final int index = ring.tryClaim(GONE, GONE_LENGTH);
        if (index < 0) {
            return false;
        }
        ring.buffer().putLong(index + CONNECTION_OFFSET, connectionId);
        ring.buffer().putInt(index + CODE_OFFSET, refusalCode);
        ring.commit(index);
        return true;
    }

    int drain(final MessageHandler handler, final int limit) {
        return ring.read(handler, limit);
    }
}
