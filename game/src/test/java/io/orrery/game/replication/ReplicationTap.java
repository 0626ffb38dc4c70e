package io.orrery.game.replication;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.MessageHandler;

/** Takes what the network thread said out of an inbox, in place of the replication agent. */
public final class ReplicationTap {
    private ReplicationTap() {
    }

    /** Each message as a line of text. */
    public static List<String> drain(final ReplicationInbox inbox) {
        final List<String> lines = new ArrayList<>();
        final MessageHandler handler = (type, buffer, index, length) -> {
            final long connectionId = buffer.getLong(index + ReplicationInbox.CONNECTION_OFFSET);
            lines.add(switch (type) {
                case ReplicationInbox.JOINED -> "joined " + connectionId + " " + buffer.getLong(index + ReplicationInbox.ENTITY_OFFSET)
                    + " " + buffer.getInt(index + ReplicationInbox.PARTITION_OFFSET);
                case ReplicationInbox.LEFT -> "left " + connectionId;
                default -> "acked " + connectionId + " " + buffer.getLong(index + ReplicationInbox.FRAME_OFFSET);
            });
        };
        // A read ends where the ring wraps, so one without a message may be followed by one with some.
        int emptyReads = 0;
        while (emptyReads < 2) {
            emptyReads = inbox.drain(handler, Integer.MAX_VALUE) == 0 ? emptyReads + 1 : 0;
        }
        return lines;
    }

    /** Fills an inbox to the last byte with what nobody's clients said. */
    public static void fill(final ReplicationInbox inbox) {
        while (inbox.offerAcked(-1, 0) || inbox.offerLeft(-1)) {
            Thread.onSpinWait();
        }
    }
}
