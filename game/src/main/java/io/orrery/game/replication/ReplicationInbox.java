package io.orrery.game.replication;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * What the network thread tells a replication agent: clients that join and leave, frames that arrived.
 *
 * <p>Writing thread: {@code net-io}, through the {@code offer...} methods. Reading thread: the replication agent. Memory: one ring of fixed
 * length. A full ring is a refusal that the caller branches on: a lost acknowledgement only costs bytes, joins and leaves are offered
 * again.
 *
 * <pre>
 * type       offset 0: connection id   offset 8           offset 16
 * JOINED     long                      long entity id     int partition
 * LEFT       long
 * ACKED      long                      long frame number
 * </pre>
 */
public final class ReplicationInbox {
    static final int JOINED = 1;
    static final int LEFT = 2;
    static final int ACKED = 3;
    static final int CONNECTION_OFFSET = 0;
    static final int ENTITY_OFFSET = 8;
    static final int FRAME_OFFSET = 8;
    static final int PARTITION_OFFSET = 16;

    private static final int JOINED_LENGTH = 20;
    private static final int LEFT_LENGTH = 8;
    private static final int ACKED_LENGTH = 16;

    private final RingBuffer ring;

    /**
     * Creates an empty inbox.
     *
     * @param capacityBytes a power of two.
     */
    public ReplicationInbox(final int capacityBytes) {
        ring = new OneToOneRingBuffer(new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(capacityBytes + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
    }

    /**
     * A client's character was asked into the world.
     *
     * @param connectionId of the transport.
     * @param entityId of the character.
     * @param partition where it will appear.
     * @return false if full: nothing happened, offer again.
     */
    public boolean offerJoined(final long connectionId, final long entityId, final int partition) {
        final int index = ring.tryClaim(JOINED, JOINED_LENGTH);
        if (index < 0) {
            return false;
        }
        ring.buffer().putLong(index + CONNECTION_OFFSET, connectionId);
        ring.buffer().putLong(index + ENTITY_OFFSET, entityId);
        ring.buffer().putInt(index + PARTITION_OFFSET, partition);
        ring.commit(index);
        return true;
    }

    /**
     * A client is gone.
     *
     * @param connectionId of the transport.
     * @return false if full: nothing happened, offer again.
     */
    public boolean offerLeft(final long connectionId) {
        final int index = ring.tryClaim(LEFT, LEFT_LENGTH);
        if (index < 0) {
            return false;
        }
        ring.buffer().putLong(index + CONNECTION_OFFSET, connectionId);
        ring.commit(index);
        return true;
    }

    /**
     * A frame reached its client.
     *
     * @param connectionId of the transport.
     * @param frameNumber of the frame, 32 bits.
     * @return false if full: the acknowledgement is lost, later ones make up for it.
     */
    public boolean offerAcked(final long connectionId, final long frameNumber) {
        final int index = ring.tryClaim(ACKED, ACKED_LENGTH);
        if (index < 0) {
            return false;
        }
        ring.buffer().putLong(index + CONNECTION_OFFSET, connectionId);
        ring.buffer().putLong(index + FRAME_OFFSET, frameNumber);
        ring.commit(index);
        return true;
    }

    int drain(final MessageHandler handler, final int limit) {
        return ring.read(handler, limit);
    }
}
