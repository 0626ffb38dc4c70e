package io.orrery.client;

import io.orrery.transport.frame.FrameWriter;
import io.orrery.transport.frame.ReplicationSchema;
import io.orrery.transport.message.Protocol;
import io.orrery.transport.message.codec.CommandKind;
import io.orrery.transport.message.codec.CommandsDecoder;
import io.orrery.transport.message.codec.FrameEncoder;
import io.orrery.transport.message.codec.HelloDecoder;
import io.orrery.transport.message.codec.MessageHeaderDecoder;
import io.orrery.transport.message.codec.MessageHeaderEncoder;
import io.orrery.transport.message.codec.RefusalCode;
import io.orrery.transport.message.codec.RefusedEncoder;
import io.orrery.transport.message.codec.WelcomeEncoder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages as a server writes them, and what a client sent as text. */
final class Messages {
    static final long OWN_ID = 77;
    static final int TICK_PERIOD_NS = 50_000_000;

    private Messages() {
    }

    static byte[] welcome() {
        return welcome(Protocol.VERSION, ReplicationSchema.STANDARD.hash(), TICK_PERIOD_NS);
    }

    static byte[] welcome(final int protocolVersion, final long schemaHash, final long tickPeriodNs) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        final WelcomeEncoder welcome = new WelcomeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .protocolVersion(protocolVersion).schemaHash(schemaHash).entityId(OWN_ID).tickPeriodNs(tickPeriodNs)
            .worldWidthCm(200_000).worldHeightCm(100_000).interestRadiusCm(10_000).moveSpeedCmPerS(600).nodeEpoch(5);
        return bytes(buffer, MessageHeaderEncoder.ENCODED_LENGTH + welcome.encodedLength());
    }

    static byte[] refused(final RefusalCode code, final long expected, final long found) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final RefusedEncoder refused = new RefusedEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .code(code).expected(expected).found(found);
        return bytes(buffer, MessageHeaderEncoder.ENCODED_LENGTH + refused.encodedLength());
    }

    static byte[] frame(final long number, final long slot, final long lastCommand, final int age, final Consumer<FrameWriter> items) {
        final byte[] body = body(age, items);
        return frame(number, slot, lastCommand, body);
    }

    static byte[] frame(final long number, final long slot, final long lastCommand, final byte[] body) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 + body.length]);
        final FrameEncoder frame = new FrameEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .frameNumber(number & 0xFFFF_FFFFL).slot(slot & 0xFFFF_FFFFL).lastCommand(lastCommand & 0xFFFF_FFFFL)
            .commandAge(3).timeFactorPercent((short) 100).lostSlotCount(9)
            .putBody(body, 0, body.length);
        return bytes(buffer, MessageHeaderEncoder.ENCODED_LENGTH + frame.encodedLength());
    }

    static byte[] body(final int age, final Consumer<FrameWriter> items) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[60_000]);
        final FrameWriter writer = new FrameWriter(ReplicationSchema.STANDARD);
        writer.begin(buffer, 0, buffer.capacity(), age);
        items.accept(writer);
        return bytes(buffer, writer.finish());
    }

    static String describe(final byte[] message) {
        final UnsafeBuffer buffer = new UnsafeBuffer(message);
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, 0);
        if (header.templateId() == HelloDecoder.TEMPLATE_ID) {
            final HelloDecoder hello = new HelloDecoder().wrapAndApplyHeader(buffer, 0, header);
            return "hello " + hello.protocolVersion() + " " + hello.schemaHash();
        }
        final CommandsDecoder commands = new CommandsDecoder().wrapAndApplyHeader(buffer, 0, header);
        final StringBuilder text = new StringBuilder("commands ").append(commands.firstSequence());
        for (final CommandsDecoder.EntriesDecoder entry : commands.entries()) {
            text.append(entry.kind() == CommandKind.STOP ? " stop" : " move " + entry.heading());
        }
        return text.toString();
    }

    private static byte[] bytes(final UnsafeBuffer buffer, final int length) {
        return Arrays.copyOf(buffer.byteArray(), length);
    }
}
