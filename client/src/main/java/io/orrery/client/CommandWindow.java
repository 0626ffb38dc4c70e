package io.orrery.client;

import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.CommandKind;
import io.orrery.transport.message.codec.CommandsEncoder;
import io.orrery.transport.message.codec.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * The commands that no frame has acknowledged yet, oldest first.
 *
 * <p>Writing thread: the client's. Memory: {@link Protocol#COMMANDS_MAX} entries.
 */
final class CommandWindow {
    private static final int INDEX_MASK = Protocol.COMMANDS_MAX - 1;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandsEncoder encoder = new CommandsEncoder();
    private final CommandKind[] kinds = new CommandKind[Protocol.COMMANDS_MAX];
    private final int[] headings = new int[Protocol.COMMANDS_MAX];
    private long issued;
    private long acknowledged;

    void clear() {
        issued = 0;
        acknowledged = 0;
    }

    boolean isFull() {
        return pendingCount() == Protocol.COMMANDS_MAX;
    }

    int pendingCount() {
        return (int) (issued - acknowledged);
    }

    long issued() {
        return issued;
    }

    long acknowledged() {
        return acknowledged;
    }

    long add(final CommandKind kind, final int heading16) {
        assert !isFull() : "pendingCount=" + pendingCount() + ", must be below " + Protocol.COMMANDS_MAX;
        issued++;
        kinds[(int) issued & INDEX_MASK] = kind;
        headings[(int) issued & INDEX_MASK] = heading16 & 0xFFFF;
        return issued;
    }

    /**
     * Takes an acknowledgement.
     *
     * @param sequence low 32 bits.
     * @return false if no such command was given; nothing changes then.
     */
    boolean acknowledge(final long sequence) {
        final long unwrapped = unwrap(sequence);
        if (unwrapped > issued) {
            return false;
        }
        acknowledged = Math.max(acknowledged, unwrapped);
        return true;
    }

    long unwrap(final long sequence) {
        return acknowledged + ((int) sequence - (int) acknowledged);
    }

    int encode(final MutableDirectBuffer buffer) {
        encoder.wrapAndApplyHeader(buffer, 0, header).firstSequence((acknowledged + 1) & 0xFFFF_FFFFL);
        final CommandsEncoder.EntriesEncoder entries = encoder.entriesCount(pendingCount());
        for (long sequence = acknowledged + 1; sequence <= issued; sequence++) {
            final int index = (int) sequence & INDEX_MASK;
            entries.next().kind(kinds[index]).heading(headings[index]);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }
}
