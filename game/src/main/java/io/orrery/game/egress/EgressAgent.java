package io.orrery.game.egress;

import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.FrameDecoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.transport.udp.UdpServer;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;

/**
 * Gives finished frames to the transport, and tells a listener what they say about where a character is.
 *
 * <p>Writing thread: {@code net-io}. Memory: none of its own.
 */
public final class EgressAgent {
    private static final int DRAIN_LIMIT = 256;

    private final EgressInbox[] inboxes;
    private final UdpServer server;
    private final EgressListener listener;
    private final MessageHandler messageHandler = this::onMessage;

    /**
     * Creates the stage.
     *
     * @param inboxes one of each replication agent.
     * @param server that sends, on the same thread.
     * @param listener told on the same thread.
     */
    public EgressAgent(final EgressInbox[] inboxes, final UdpServer server, final EgressListener listener) {
        this.inboxes = inboxes.clone();
        this.server = server;
        this.listener = listener;
    }

    /**
     * Sends what is there, up to a limit.
     *
     * @return messages taken.
     */
    public int doWork() {
        int work = 0;
        for (final EgressInbox inbox : inboxes) {
            work += inbox.drain(messageHandler, DRAIN_LIMIT);
        }
        return work;
    }

    private void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        final long connectionId = buffer.getLong(index + EgressInbox.CONNECTION_OFFSET);
        if (type == EgressInbox.GONE) {
            listener.onGone(connectionId, RefusalCode.get((short) buffer.getInt(index + EgressInbox.CODE_OFFSET)));
            return;
        }

        final long frameNumber = buffer.getLong(index + EgressInbox.FRAME_NUMBER_OFFSET);
        final int messageIndex = index + EgressInbox.MESSAGE_OFFSET;
        final int messageLength = length - EgressInbox.MESSAGE_OFFSET;
        final int lastCommandIndex =
            messageIndex + MessageHeaderDecoder.ENCODED_LENGTH + FrameDecoder.lastCommandEncodingOffset();
        final long lastCommand = buffer.getInt(lastCommandIndex, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
        listener.onFrame(connectionId, buffer.getInt(index + EgressInbox.PARTITION_OFFSET), lastCommand);
        server.send(connectionId, Protocol.CHANNEL_UNRELIABLE, frameNumber, buffer, messageIndex, messageLength);
    }
}
