package io.orrery.game.replication;

import io.orrery.transport.frame.FrameFormat;
import io.orrery.transport.frame.FrameWriter;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.FrameEncoder;
import io.orrery.transport.message.codec.MessageHeaderEncoder;
import io.orrery.world.view.TickView;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Builds the next frame of one client from a view: who is in its interest, what it must be told, and what fits.
 *
 * <p>Writing thread: the replication agent that owns it. Memory: scratch columns of fixed length, shared by all clients of the agent.
 *
 * <p>Guarantees (G1) nothing farther than radius + hysteresis from the character is in a frame, and nothing enters beyond the radius;
 * (G2) a frame is never longer than the budget; (G3) what does not fit gains priority until it does, and the client's own character always
 * fits; (G4) an entity that the client has in its present state costs nothing; (G5) a leave that was sent is in every frame from then on
 * until it is acknowledged, however full they are, so that a client need not trust a leave that arrives late.
 */
final class FrameBuilder {
    private static final int CM_PER_METRE = 100;
    private static final int PRIORITY_STEPS_PER_UNIT = 1_000;
    private static final float PRIORITY_ENTER = 1_000;
    private static final float PRIORITY_MAX = 1_000_000;
    /** Above every key that is made from a priority; leaves are sorted by age from here on. */
    private static final int KEY_LEAVE = PRIORITY_STEPS_PER_UNIT * (int) PRIORITY_MAX + 1;
    private static final int KEY_OWN = Integer.MAX_VALUE;
    private static final int LEAVE_AGE_MAX = KEY_OWN - KEY_LEAVE - 1;
    private static final float NEAR_CM = 1_000;

    private final ReplicationContext context;
    private final FrameWriter writer = new FrameWriter(ReplicationSchema.STANDARD);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final FrameEncoder frame = new FrameEncoder();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[Protocol.MESSAGE_LENGTH_MAX + Long.BYTES]);
    private final int[] rows;
    private final int[] itemNetIds = new int[FrameFormat.NET_ID_CAPACITY];
    private final int[] itemTypes = new int[FrameFormat.NET_ID_CAPACITY];
    private final int[] itemAges = new int[FrameFormat.NET_ID_CAPACITY];
    private final int[] itemBits = new int[FrameFormat.NET_ID_CAPACITY];
    private final boolean[] isItemSent = new boolean[FrameFormat.NET_ID_CAPACITY];
    private final long[] itemKeys = new long[FrameFormat.NET_ID_CAPACITY];
    private final long budgetBits;
    /** Leaves of one frame, so that the own character fits beside them. */
    private final int leaveCountMax;
    private int itemCount;
    private int leaveCount;
    private long itemBitsTotal;
    private long interestOverflowCount;
    private long budgetOverflowCount;

    FrameBuilder(final ReplicationContext context) {
        this.context = context;
        rows = new int[context.viewCapacity()];
        budgetBits = (long) (context.frameLengthMax() - Protocol.FRAME_OVERHEAD_LENGTH) * Byte.SIZE - writer.emptyBitsMax();
        leaveCountMax = (int) Math.min(
            ClientReplica.FRAME_ITEMS_MAX - 1, (budgetBits - writer.enterBitsMax()) / writer.leaveBitsMax());
    }

    /**
     * Builds a frame into {@link #message()}.
     *
     * @param client whose; its state is brought forward as if the frame were sent.
     * @param view newest view of the partition that owns the client's character.
     * @param history of the same partition, up to the same view.
     * @param ownRow row of the character in the view.
     * @return length of the message in bytes.
     */
    int build(final ClientReplica client, final TickView view, final PartitionHistory history, final int ownRow) {
        client.frameNumber++;
        client.sentSlot = view.slot();
        visit(client, view, history, ownRow);
        collect(client, view, history, ownRow);
        select(client);
        return write(client, view, history, ownRow);
    }

    /** The message that was built last, from offset 0. */
    MutableDirectBuffer message() {
        return message;
    }

    /** Times an entity could not be shown because its client knew as many as it can. */
    long interestOverflowCount() {
        return interestOverflowCount;
    }

    /** Frames that did not hold all they should have. */
    long budgetOverflowCount() {
        return budgetOverflowCount;
    }

    /** Marks what is in the client's interest, lets new ones enter. */
    private void visit(final ClientReplica client, final TickView view, final PartitionHistory history, final int ownRow) {
        final int[] xCm = view.xCm();
        final int[] yCm = view.yCm();
        final long[] ids = view.ids();
        final int ownXCm = xCm[ownRow];
        final int ownYCm = yCm[ownRow];
        final long radiusCm = context.interestRadiusCm();
        if (history.rowOf(ownRow) >= 0) {
            visitRow(client, history, client.entityId, ownRow, true);
        }
        final int found = view.queryRadius(ownXCm, ownYCm, context.interestRadiusCm() + context.interestHysteresisCm(), rows);
        final int count = found < 0 ? ~found : found;
        for (int i = 0; i < count; i++) {
            final int row = rows[i];
            if (history.rowOf(row) < 0 || row == ownRow) {
                continue;
            }
            final long dx = (long) xCm[row] - ownXCm;
            final long dy = (long) yCm[row] - ownYCm;
            final boolean isNear = dx * dx + dy * dy <= radiusCm * radiusCm;
            visitRow(client, history, ids[row], row, isNear);
        }
    }

    private void visitRow(
        final ClientReplica client, final PartitionHistory history, final long id, final int row, final boolean isNear) {
        final int netId = netIdOf(client, id, history.rowOf(row), isNear);
        if (netId >= 0) {
            client.visitedFrame[netId] = client.frameNumber;
            client.viewRow[netId] = row;
        }
    }

    /** Net id of an entity that is to be shown, or -1. */
    private int netIdOf(final ClientReplica client, final long id, final int historyRow, final boolean isNear) {
        int netId = client.netIdOf(id, historyRow);
        if (netId >= 0 && client.phases[netId] != ClientReplica.LEAVING) {
            return netId;
        }
        if (!isNear) {
            return -1;
        }
        if (netId < 0) {
            netId = client.allocate(id);
            if (netId < 0) {
                interestOverflowCount++;
                return -1;
            }
        }
        client.enter(netId, client.frameNumber);
        return netId;
    }

    /** Lists what the client must be told, by rising net id. */
    private void collect(final ClientReplica client, final TickView view, final PartitionHistory history, final int ownRow) {
        itemCount = 0;
        leaveCount = 0;
        itemBitsTotal = 0;
        final int limit = client.netIdLimit();
        for (int netId = 0; netId < limit; netId++) {
            final byte phase = client.phases[netId];
            if (phase == ClientReplica.FREE) {
                continue;
            }
            if (phase != ClientReplica.LEAVING && client.visitedFrame[netId] != client.frameNumber) {
                client.leave(netId, client.frameNumber);
            }
            if (client.phases[netId] == ClientReplica.LEAVING) {
                final int age = Math.min(client.frameNumber - client.phaseFrame[netId], LEAVE_AGE_MAX);
                addItem(netId, ClientReplica.ITEM_LEAVE, 0, writer.leaveBitsMax(), KEY_LEAVE + age);
                leaveCount++;
            } else if (phase == ClientReplica.ENTERING) {
                final int key = gain(client, view, netId, ownRow, PRIORITY_ENTER);
                addItem(netId, ClientReplica.ITEM_ENTER, 0, writer.enterBitsMax(), key);
            } else {
                collectUpdate(client, view, history, netId, ownRow);
            }
        }
    }

    private void collectUpdate(
        final ClientReplica client, final TickView view, final PartitionHistory history, final int netId, final int ownRow) {
        final int row = history.rowOf(client.viewRow[netId]);
        final boolean isBaselineHere = client.hasBaseline[netId] && client.baselinePartition[netId] == client.partition;
        final boolean isDormant = isBaselineHere
            && client.sentFrame[netId] == client.baselineFrame[netId]
            && history.changedSlot(row) <= client.baselineSlot[netId];
        if (isDormant) {
            client.priority[netId] = 0;
            return;
        }

        final int frames = client.frameNumber - client.baselineFrame[netId];
        final boolean isUsable = isBaselineHere && frames > 0 && frames <= FrameFormat.BASELINE_AGE_MAX
            && history.slot() - client.baselineSlot[netId] < PartitionHistory.SLOTS
            && history.hasState(row, client.baselineSlot[netId]);
        final int age = isUsable ? frames : 0;
        final int bits = writer.updateBitsMax(
            age, history.states(), history.stateIndex(row, client.baselineSlot[netId]),
            history.states(), history.stateIndex(row, history.slot()));
        addItem(netId, ClientReplica.ITEM_UPDATE, age, bits, gain(client, view, netId, ownRow, 1));
    }

    /** Lets an entity's priority grow, faster the nearer it is. Returns its sort key. */
    private static int gain(final ClientReplica client, final TickView view, final int netId, final int ownRow, final float weight) {
        final int row = client.viewRow[netId];
        if (row == ownRow) {
            return KEY_OWN;
        }
        final float distanceCm = Math.max(Math.abs(view.xCm()[row] - view.xCm()[ownRow]), Math.abs(view.yCm()[row] - view.yCm()[ownRow]));
        final float gain = weight * NEAR_CM / (NEAR_CM + distanceCm);
        client.priority[netId] = Math.min(client.priority[netId] + gain, PRIORITY_MAX);
        return (int) (client.priority[netId] * PRIORITY_STEPS_PER_UNIT);
    }

    private void addItem(final int netId, final int itemType, final int age, final int bits, final int key) {
        itemNetIds[itemCount] = netId;
        itemTypes[itemCount] = itemType;
        itemAges[itemCount] = age;
        itemBits[itemCount] = bits;
        itemKeys[itemCount] = (long) key << Integer.SIZE | itemCount;
        itemBitsTotal += bits;
        itemCount++;
    }

    /** Chooses what fits: everything if it does, else the own character, leaves from the oldest on, and the rest by falling priority. */
    private void select(final ClientReplica client) {
        if (itemBitsTotal <= budgetBits && itemCount <= ClientReplica.FRAME_ITEMS_MAX && leaveCount <= leaveCountMax) {
            Arrays.fill(isItemSent, 0, itemCount, true);
            return;
        }

        budgetOverflowCount++;
        Arrays.sort(itemKeys, 0, itemCount);
        long usedBits = 0;
        int taken = 0;
        int takenLeaves = 0;
        for (int i = itemCount - 1; i >= 0; i--) {
            final int item = (int) itemKeys[i];
            final boolean isLeave = itemTypes[item] == ClientReplica.ITEM_LEAVE;
            final boolean isTaken = taken < ClientReplica.FRAME_ITEMS_MAX
                && usedBits + itemBits[item] <= budgetBits
                && (!isLeave || takenLeaves < leaveCountMax);
            isItemSent[item] = isTaken;
            if (isTaken) {
                usedBits += itemBits[item];
                taken++;
                takenLeaves += isLeave ? 1 : 0;
            } else if (!isLeave) {
                client.onWithheld(itemNetIds[item]);
            }
        }
    }

    private int write(final ClientReplica client, final TickView view, final PartitionHistory history, final int ownRow) {
        final long lastCommand = view.commandSequences()[ownRow];
        final long age = lastCommand == 0 ? 0 : view.slot() - view.commandSlots()[ownRow];
        frame.wrapAndApplyHeader(message, 0, header)
            .frameNumber(client.frameNumber & 0xFFFF_FFFFL)
            .slot(view.slot() & 0xFFFF_FFFFL)
            .lastCommand(lastCommand)
            .commandAge((int) Math.min(age, Protocol.COMMAND_AGE_MAX))
            .timeFactorPercent((short) view.timeFactorPercent())
            .lostSlotCount((int) (view.lostSlotCount() & 0xFFFF));

        final int lengthOffset = frame.limit();
        final int bodyOffset = lengthOffset + FrameEncoder.bodyHeaderLength();
        final int ackedAge = client.frameNumber - client.ackedFrameNumber;
        final boolean hasCommonAge = client.hasAckedFrame && ackedAge > 0 && ackedAge <= FrameFormat.BASELINE_AGE_MAX;
        writer.begin(message, bodyOffset, message.capacity() - bodyOffset, hasCommonAge ? ackedAge : 0);
        client.beginSent(client.frameNumber, view.slot());
        writeItems(client, history, ClientReplica.ITEM_LEAVE);
        writeItems(client, history, ClientReplica.ITEM_ENTER);
        writeItems(client, history, ClientReplica.ITEM_UPDATE);
        final int bodyLength = writer.finish();
        message.putShort(lengthOffset, (short) bodyLength, ByteOrder.LITTLE_ENDIAN);
        return bodyOffset + bodyLength;
    }

    private void writeItems(final ClientReplica client, final PartitionHistory history, final int itemType) {
        for (int i = 0; i < itemCount; i++) {
            if (!isItemSent[i] || itemTypes[i] != itemType) {
                continue;
            }
            final int netId = itemNetIds[i];
            if (itemType == ClientReplica.ITEM_LEAVE) {
                writer.leave(netId);
            } else {
                final int row = history.rowOf(client.viewRow[netId]);
                final int state = history.stateIndex(row, history.slot());
                if (itemType == ClientReplica.ITEM_ENTER) {
                    writer.enter(netId, client.entityIds[netId], history.states(), state);
                } else {
                    writer.update(
                        netId, itemAges[i], history.states(), history.stateIndex(row, client.baselineSlot[netId]), history.states(), state);
                }
            }
            client.addSent(client.frameNumber, netId, itemType);
        }
    }

    /** Converts metres of a configuration to centimetres of a view. */
    static int toCm(final double metres) {
        return (int) Math.round(metres * CM_PER_METRE);
    }
}
