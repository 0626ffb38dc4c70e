package io.orrery.perf.bot;

import io.orrery.client.ClientTransport;
import io.orrery.client.ClientTransportEvents;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One client of a {@link FakeWorld}: its character, what it is shown, and messages on their way. */
final class FakeConnection implements ClientTransport {
    private static final int HEADER_BYTES = 46;

    /** An entity that the client is told of. */
    private static final class Shown {
        private final FakeWorld.Body body;
        private boolean isAcked;
        private boolean isLeaving;

        private Shown(final FakeWorld.Body body) {
            this.body = body;
        }
    }

    private record Command(long sequence, boolean isMove, int heading) {
    }

    private record Flight(long dueSlot, byte[] bytes, Runnable onDelivered) {
    }

    final ClientTransportEvents events;
    FakeWorld.Body own;
    int index;
    boolean isClosed;
    private final FakeWorld world;
    private final FrameWriter writer = new FrameWriter(ReplicationSchema.STANDARD);
    private final Map<Integer, Shown> shown = new TreeMap<>();
    private final TreeSet<Integer> freeNetIds = new TreeSet<>();
    private final List<Flight> flights = new ArrayList<>();
    private final ArrayDeque<Command> commands = new ArrayDeque<>();
    private boolean isAccepted;
    private long lastCommand;
    private long commandSlot;
    private long frameNumber = 0xFFFF_FFF0L;

    FakeConnection(final FakeWorld world, final ClientTransportEvents events) {
        this.world = world;
        this.events = events;
        for (int i = 0; i < 1_024; i++) {
            freeNetIds.add(i);
        }
    }

    @Override
    public void connect(final byte[] connectToken) {
        index = connectToken[0];
        events.onStateChange(1);
    }

    @Override
    public int send(final int channel, final DirectBuffer buffer, final int offset, final int length) {
        world.packetsSent++;
        world.bytesSent += length + HEADER_BYTES;
        if (world.isLost()) {
            return 1;
        }
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        if (header.templateId() == HelloDecoder.TEMPLATE_ID) {
            onHello();
        } else {
            final CommandsDecoder decoder = new CommandsDecoder().wrapAndApplyHeader(buffer, offset, header);
            long sequence = decoder.firstSequence();
            for (final CommandsDecoder.EntriesDecoder entry : decoder.entries()) {
                commands.add(new Command(sequence, entry.kind() == CommandKind.MOVE, entry.heading()));
                sequence++;
            }
        }
        return 1;
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public void close() {
        isClosed = true;
        world.bodies.remove(own);
    }

    long lastCommand() {
        return lastCommand;
    }

    void drop(final int state) {
        close();
        events.onStateChange(state);
    }

    void applyCommands() {
        while (!commands.isEmpty()) {
            final Command command = commands.poll();
            if (own == null || command.sequence != lastCommand + 1) {
                continue;
            }
            lastCommand = command.sequence;
            commandSlot = world.slot;
            own.head(command.heading * 2 * Math.PI / 65_536, command.isMove ? FakeWorld.SPEED_CM_PER_S : 0);
        }
    }

    void sendFrame() {
        if (own == null || !world.lie.isFrameSent(this)) {
            return;
        }
        chooseShown();
        frameNumber++;
        final List<Integer> entered = new ArrayList<>();
        final List<Integer> left = new ArrayList<>();
        final byte[] body = world.lie.body(this, body(entered, left));
        final List<Shown> enteredShown = entered.stream().map(shown::get).toList();
        final Runnable onDelivered = () -> {
            enteredShown.forEach(entity -> entity.isAcked = true);
            for (final int netId : left) {
                if (shown.containsKey(netId) && shown.get(netId).isLeaving) {
                    shown.remove(netId);
                    freeNetIds.add(netId);
                }
            }
        };

        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64 + body.length]);
        final FrameEncoder frame = new FrameEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .frameNumber(frameNumber & 0xFFFF_FFFFL).slot(world.lie.slot(this, world.slot) & 0xFFFF_FFFFL)
            .lastCommand(world.lie.lastCommand(this, lastCommand))
            .commandAge((int) Math.min(world.slot - commandSlot, Protocol.COMMAND_AGE_MAX))
            .timeFactorPercent((short) 100).lostSlotCount(world.lie.lostSlotCount(this)).putBody(body, 0, body.length);
        dispatch(buffer, MessageHeaderEncoder.ENCODED_LENGTH + frame.encodedLength(), onDelivered);
    }

    void deliver() {
        if (!isAccepted && !isClosed) {
            isAccepted = true;
            events.onStateChange(STATE_CONNECTED);
            events.onConnected();
        }
        for (final Flight flight : List.copyOf(flights)) {
            if (flight.dueSlot <= world.slot && !isClosed) {
                flights.remove(flight);
                world.packetsReceived++;
                world.bytesReceived += flight.bytes.length + HEADER_BYTES;
                flight.onDelivered.run();
                events.onPayload(new UnsafeBuffer(flight.bytes), 0, flight.bytes.length);
            }
        }
    }

    private void onHello() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
        if (world.isRefusing) {
            final RefusedEncoder refused = new RefusedEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .code(RefusalCode.WORLD_FULL).expected(3).found(3);
            dispatch(buffer, MessageHeaderEncoder.ENCODED_LENGTH + refused.encodedLength(), () -> { });
            return;
        }
        if (own == null) {
            own = new FakeWorld.Body(world.newId(), true,
                world.random.nextInt(FakeWorld.WIDTH_CM), world.random.nextInt(FakeWorld.HEIGHT_CM));
            world.bodies.add(own);
        }
        final WelcomeEncoder welcome = new WelcomeEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .protocolVersion(Protocol.VERSION).schemaHash(ReplicationSchema.STANDARD.hash()).entityId(own.id)
            .tickPeriodNs(50_000_000L).worldWidthCm(FakeWorld.WIDTH_CM).worldHeightCm(FakeWorld.HEIGHT_CM)
            .interestRadiusCm(FakeWorld.RADIUS_CM).moveSpeedCmPerS(FakeWorld.SPEED_CM_PER_S).nodeEpoch(1);
        dispatch(buffer, MessageHeaderEncoder.ENCODED_LENGTH + welcome.encodedLength(), () -> { });
    }

    private void chooseShown() {
        final List<FakeWorld.Body> known = new ArrayList<>();
        for (final Shown entity : shown.values()) {
            if (entity.isLeaving) {
                continue;
            }
            final boolean isTrulyShown = world.bodies.contains(entity.body)
                && entity.body.distanceCm(own) <= FakeWorld.RADIUS_CM + FakeWorld.HYSTERESIS_CM;
            entity.isLeaving = !world.lie.isShown(this, entity.body, isTrulyShown);
            if (!entity.isLeaving) {
                known.add(entity.body);
            }
        }
        for (final FakeWorld.Body body : world.bodies) {
            if (!known.contains(body) && world.lie.isShown(this, body, body.distanceCm(own) <= FakeWorld.RADIUS_CM)) {
                shown.put(freeNetIds.pollFirst(), new Shown(body));
            }
        }
    }

    private byte[] body(final List<Integer> entered, final List<Integer> left) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[32_000]);
        writer.begin(buffer, 0, buffer.capacity(), 0);
        shown.forEach((netId, entity) -> {
            if (entity.isLeaving) {
                left.add(netId);
                writer.leave(netId);
            }
        });
        shown.forEach((netId, entity) -> {
            if (!entity.isLeaving && !entity.isAcked) {
                entered.add(netId);
                writer.enter(netId, entity.body.id, state(entity.body), 0);
            }
        });
        shown.forEach((netId, entity) -> {
            if (!entity.isLeaving && entity.isAcked) {
                writer.update(netId, 0, new int[3], 0, state(entity.body), 0);
            }
        });
        return Arrays.copyOf(buffer.byteArray(), writer.finish());
    }

    private int[] state(final FakeWorld.Body body) {
        return new int[] {
            body.isPlayer ? 0 : 1, world.lie.xCm(this, body, (int) Math.rint(body.xCm)), (int) Math.rint(body.yCm)};
    }

    private void dispatch(final UnsafeBuffer buffer, final int length, final Runnable onDelivered) {
        if (world.isLost()) {
            return;
        }
        final int delaySlots = world.lossOneIn > 0 && world.random.nextInt(10) == 0 ? world.random.nextInt(3) : 0;
        flights.add(new Flight(world.slot + delaySlots, Arrays.copyOf(buffer.byteArray(), length), onDelivered));
    }
}
