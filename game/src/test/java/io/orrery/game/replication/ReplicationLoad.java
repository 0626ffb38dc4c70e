package io.orrery.game.replication;

import io.orrery.game.SteppedWorld;
import io.orrery.game.egress.EgressInbox;
import io.orrery.game.egress.EgressTap;
import io.orrery.transport.message.codec.FrameDecoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.world.WorldContext;
import io.orrery.world.command.CommandProxy;
import io.orrery.world.entity.EntityIdAllocator;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.MessageHandler;

/** Many clients that walk about, whose frames all arrive and are acknowledged one slot later. Allocates nothing once they are in. */
final class ReplicationLoad {
    private static final int TURN_SLOTS = 20;

    final SteppedWorld stepped;
    final ReplicationAgent agent;
    long frameCount;
    long frameBytes;
    private final CommandProxy commands;
    private final ReplicationInbox inbox = new ReplicationInbox(1 << 20);
    private final EgressInbox egress = new EgressInbox(1 << 24);
    private final MessageHandler sink;
    private final SplittableRandom random = new SplittableRandom(1);
    private final long[] entityIds;
    private final int[] partitions;
    private long sequence;
    private int slot;

    ReplicationLoad(final int clientCount, final UnaryOperator<WorldContext> settings, final double minMetres, final double maxMetres,
                    final int interestCapacity) {
        stepped = new SteppedWorld(context -> settings.apply(context.commandProducerCount(1).viewReaderCount(2).seed(1)
            .commandRingCapacity(4_096)));
        commands = stepped.world.newCommandProxy();
        final EntityIdAllocator ids = stepped.world.newIdAllocator();
        agent = new ReplicationAgent(new ReplicationContext().clientCapacity(clientCount).interestCapacity(interestCapacity)
            .viewCapacity(12_288).viewReaders(stepped.newReaders()).inboxes(inbox, egress).clock(stepped.clock).conclude());
        entityIds = new long[clientCount];
        partitions = new int[clientCount];
        for (int i = 0; i < clientCount; i++) {
            final float x = (float) random.nextDouble(minMetres, maxMetres);
            final float y = (float) random.nextDouble(minMetres, maxMetres);
            entityIds[i] = ids.next();
            partitions[i] = stepped.world.partitionAt(x, y);
            commands.offerSpawnPlayer(partitions[i], entityIds[i], x, y);
            inbox.offerJoined(i, entityIds[i], partitions[i]);
        }
        final int slotOffset = MessageHeaderDecoder.ENCODED_LENGTH + FrameDecoder.slotEncodingOffset();
        sink = (type, buffer, index, length) -> {
            final int client = (int) buffer.getLong(index);
            partitions[client] = buffer.getInt(index + 16);
            inbox.offerAcked(client, buffer.getLong(index + 8));
            frameCount++;
            frameBytes += length - 20;
            assert buffer.getInt(index + 20 + slotOffset) == slot - 1;
        };
    }

    void tickWorld() {
        if (slot % TURN_SLOTS == 0) {
            sequence++;
            for (int i = 0; i < entityIds.length; i++) {
                commands.offerMove(partitions[i], entityIds[i], sequence, random.nextInt(1 << 16));
            }
        }
        slot++;
        stepped.tick();
    }

    /** The agent's pass over the newest views, and what the network thread takes and says. */
    void replicate() {
        agent.doWork();
        while (EgressTap.discard(egress, sink) > 0) {
            Thread.onSpinWait();
        }
    }
}
