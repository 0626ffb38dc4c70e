package io.orrery.transport.message;

import io.orrery.transport.message.codec.FrameEncoder;
import io.orrery.transport.message.codec.MessageHeaderEncoder;

/** Numbers that both sides of the client protocol must agree on; docs/protocol.md explains each. */
public final class Protocol {
    /** Version of the messages and of the frame body. Counts up with every change that an older peer cannot read. */
    public static final int VERSION = 1;
    /** Protocol id of connect tokens and packets: the ASCII letters {@code ORRERY01}, first letter lowest. */
    public static final long NETCODE_PROTOCOL_ID = 0x3130_5952_4552_524FL;
    /** Channel of all messages so far: unreliable. */
    public static final int CHANNEL_UNRELIABLE = 0;
    /** Longest message, in bytes: a netcode payload less the longest acknowledgement header and the channel number. */
    public static final int MESSAGE_LENGTH_MAX = 1_200 - 9 - 1;
    /** Most commands in one message, which is also how many may wait for acknowledgement. */
    public static final int COMMANDS_MAX = 32;
    /** A command whose age in slots is this or more says only this. */
    public static final int COMMAND_AGE_MAX = 65_535;
    /** Bytes in front of the bit-packed body of a frame: message header, fixed fields, body length. */
    public static final int FRAME_OVERHEAD_LENGTH =
        MessageHeaderEncoder.ENCODED_LENGTH + FrameEncoder.BLOCK_LENGTH + FrameEncoder.bodyHeaderLength();

    private Protocol() {
    }
}
