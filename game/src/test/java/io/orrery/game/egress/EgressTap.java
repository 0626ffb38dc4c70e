package io.orrery.game.egress;

import org.agrona.concurrent.MessageHandler;

/** Takes what is on its way to clients out of an inbox, in place of the network thread. */
public final class EgressTap {
    private final EgressInbox inbox;
    private final MessageHandler handler;

    public EgressTap(final EgressInbox inbox, final Receiver receiver) {
        this.inbox = inbox;
        handler = (type, buffer, index, length) -> {
            final long connectionId = buffer.getLong(index + EgressInbox.CONNECTION_OFFSET);
            if (type == EgressInbox.GONE) {
                receiver.onGone(connectionId, buffer.getInt(index + EgressInbox.CODE_OFFSET));
            } else {
                final byte[] message = new byte[length - EgressInbox.MESSAGE_OFFSET];
                buffer.getBytes(index + EgressInbox.MESSAGE_OFFSET, message);
                receiver.onFrame(connectionId, buffer.getLong(index + EgressInbox.FRAME_NUMBER_OFFSET),
                    buffer.getInt(index + EgressInbox.PARTITION_OFFSET), message);
            }
        };
    }

    /** Empties an inbox without a look at what is in it; allocates nothing. */
    public static int discard(final EgressInbox inbox, final MessageHandler sink) {
        return inbox.drain(sink, Integer.MAX_VALUE);
    }

    public int drain() {
        return inbox.drain(handler, Integer.MAX_VALUE);
    }

    /** What a test hears. */
    public interface Receiver {
        void onFrame(long connectionId, long frameNumber, int partition, byte[] message);

        void onGone(long connectionId, int refusalCode);
    }
}
