package io.orrery.perf.bot;

import io.orrery.client.ClientContext;
import io.orrery.client.ClientFault;
import io.orrery.client.ClientListener;
import io.orrery.client.ClientState;
import io.orrery.client.FrameEnvelope;
import io.orrery.client.OrreryClient;
import io.orrery.client.ReplicatedEntities;
import io.orrery.client.ReplicatedEntity;
import io.orrery.client.WorldInfo;
import java.util.SplittableRandom;
import org.agrona.concurrent.NanoClock;

/**
 * One player: connects, walks about at random by an open-loop schedule, measures and checks what it is shown, and comes back with a fresh
 * token after a disconnect.
 *
 * <p>Writing thread: the swarm's. Memory: that of its client, and about 2 KiB.
 */
final class Bot implements ClientListener {
    /** A bot asked to be in the world for this long knows its surroundings. */
    static final long SETTLED_NS = 1_000_000_000L;
    static final long FRAME_GAP_NS = 1_000_000_000L;

    private static final int INTENDED_CAPACITY = 64;
    private static final int INTENDED_MASK = INTENDED_CAPACITY - 1;
    private static final int COMMANDS_PER_CALL_MAX = 8;
    private static final int EDGE_CM = 5_000;
    private static final int STOP_ONE_IN = 8;
    private static final int FULL_TURN = 65_536;
    private static final int STEER_SPREAD = FULL_TURN / 8;
    private static final long SEED_STEP = 0x9E37_79B9_7F4A_7C15L;

    private enum Stage { WAITING, ACTIVE, PAUSED, STOPPED }

    private final int index;
    private final NanoClock clock;
    private final BotTokenSource tokenSource;
    private final long commandIntervalMinNs;
    private final long commandIntervalMaxNs;
    private final long reconnectPauseNs;
    private final SwarmTotals totals;
    private final ViolationLog violations;
    private final FrameCheck check;
    private final MissingEntities missing = new MissingEntities();
    private final SplittableRandom random;
    private final OrreryClient client;
    private final long[] intendedNs = new long[INTENDED_CAPACITY];

    private Stage stage = Stage.WAITING;
    private long wakeNs;
    private long nextCommandNs;
    private long issuedCommand;
    private long measuredCommand;
    private long inWorldSinceNs;
    private long lastFrameNs;
    private boolean hasFrames;
    private boolean isGapReported;

    Bot(final int index, final BotContext context, final SwarmTotals totals, final ViolationLog violations) {
        this.index = index;
        this.totals = totals;
        this.violations = violations;
        clock = context.clock();
        tokenSource = context.tokenSource();
        commandIntervalMinNs = context.commandIntervalMinNs();
        commandIntervalMaxNs = context.commandIntervalMaxNs();
        reconnectPauseNs = context.reconnectPauseNs();
        check = new FrameCheck(index, violations, context.hysteresisCm());
        random = new SplittableRandom(context.seed() + index * SEED_STEP);
        client = new OrreryClient(new ClientContext()
            .clock(clock)
            .listener(this)
            .transportFactory(context.transportGroup())
            .conclude());
    }

    void start(final long connectNs) {
        wakeNs = connectNs;
    }

    /**
     * Does what is due.
     *
     * @param nowNs of the swarm's clock.
     * @param stalledUntilNs until when the swarm itself stood still: what did not come before is nobody's fault but its own.
     * @return how much was done, 0 for nothing.
     */
    int doWork(final long nowNs, final long stalledUntilNs) {
        if (stage == Stage.STOPPED) {
            return 0;
        }
        if (stage != Stage.ACTIVE) {
            return nowNs - wakeNs < 0 ? 0 : connect(nowNs);
        }
        if (client.state().isEnd()) {
            onEnd(nowNs);
            return 1;
        }
        int workCount = client.doWork(nowNs);
        if (client.state() == ClientState.IN_WORLD) {
            workCount += issueCommands(nowNs);
            checkGap(nowNs, stalledUntilNs);
        }
        return workCount;
    }

    void stop() {
        if (stage != Stage.STOPPED) {
            stage = Stage.STOPPED;
            client.close();
        }
    }

    boolean isStopped() {
        return stage == Stage.STOPPED;
    }

    int index() {
        return index;
    }

    boolean isConnected() {
        return stage == Stage.ACTIVE && (client.state() == ClientState.GREETING || client.state() == ClientState.IN_WORLD);
    }

    boolean isInWorld() {
        return stage == Stage.ACTIVE && client.state() == ClientState.IN_WORLD;
    }

    boolean hasFrames() {
        return hasFrames && isInWorld();
    }

    boolean isSettled(final long nowNs) {
        return nowNs - inWorldSinceNs > SETTLED_NS;
    }

    ReplicatedEntities entities() {
        return client.entities();
    }

    WorldInfo world() {
        return client.world();
    }

    MissingEntities missing() {
        return missing;
    }

    long reanchorCount() {
        return check.movement().reanchorCount();
    }

    @Override
    public void onStateChange(final ClientState state) {
        if (state == ClientState.IN_WORLD) {
            inWorldSinceNs = clock.nanoTime();
            lastFrameNs = inWorldSinceNs;
            isGapReported = false;
            nextCommandNs = inWorldSinceNs + nextIntervalNs();
            check.begin(client.world());
        }
    }

    @Override
    public void onFrame(final FrameEnvelope frame) {
        totals.framesReceived++;
        if (!isInWorld()) {
            return;
        }
        final long nowNs = clock.nanoTime();
        hasFrames = true;
        lastFrameNs = nowNs;
        isGapReported = false;
        final long shownCommand = Math.min(frame.lastCommand(), issuedCommand);
        while (measuredCommand < shownCommand) {
            measuredCommand++;
            totals.onCommandShown(nowNs - intendedNs[(int) measuredCommand & INTENDED_MASK]);
        }
        check.onFrame(frame, client.entities(), issuedCommand);
    }

    @Override
    public void onFault(final ClientFault fault) {
        if (fault != ClientFault.UNKNOWN_COMMAND && violations.hit(BotRule.READABLE)) {
            violations.keep(new Violation(index, client.entities().newestSlot(), BotRule.READABLE,
                "a message that can be read, after frame " + client.entities().newestFrameNumber(), fault.name()));
        }
    }

    private int connect(final long nowNs) {
        final byte[] token = tokenSource.connectToken(index);
        if (token == null) {
            totals.tokenRefusalCount++;
            pause(nowNs);
            return 1;
        }
        // Paused first: a socket that cannot be had throws, and the bot then tries again later.
        pause(nowNs);
        totals.connectCount++;
        issuedCommand = 0;
        measuredCommand = 0;
        hasFrames = false;
        missing.clear();
        client.connect(token);
        stage = Stage.ACTIVE;
        return 1;
    }

    private void onEnd(final long nowNs) {
        totals.commandsAbandoned += issuedCommand - measuredCommand;
        switch (client.state()) {
            case REFUSED -> {
                totals.refusalCount++;
                totals.lastRefusal = client.refusal().message();
            }
            case CONNECT_FAILED, HELLO_UNANSWERED -> totals.connectFailureCount++;
            default -> totals.disconnectCount++;
        }
        client.doWork(nowNs);
        hasFrames = false;
        pause(nowNs);
    }

    private void pause(final long nowNs) {
        stage = Stage.PAUSED;
        wakeNs = nowNs + reconnectPauseNs;
    }

    private int issueCommands(final long nowNs) {
        int count = 0;
        while (count < COMMANDS_PER_CALL_MAX && nowNs - nextCommandNs >= 0) {
            issueCommand(nextCommandNs);
            nextCommandNs += nextIntervalNs();
            count++;
        }
        return count;
    }

    private void issueCommand(final long dueNs) {
        final ReplicatedEntity own = client.entities().find(client.world().entityId());
        final boolean isAtEdge = own != null && isAtEdge(own);
        final boolean isStop = !isAtEdge && random.nextInt(STOP_ONE_IN) == 0;
        final int heading = isAtEdge ? headingInside(own) : random.nextInt(FULL_TURN);
        // The sequence is known beforehand: what the command will be must be noted before a frame can acknowledge it.
        final long expectedSequence = issuedCommand + 1;
        intendedNs[(int) expectedSequence & INTENDED_MASK] = dueNs;
        if (isStop) {
            check.movement().onStop(expectedSequence);
        } else {
            check.movement().onMove(expectedSequence, heading);
        }

        final long sequence = isStop ? client.stop() : client.move(heading);
        if (sequence < 0) {
            totals.commandsRefused++;
            return;
        }
        assert sequence == expectedSequence : "sequence=" + sequence + ", must be " + expectedSequence;
        issuedCommand = sequence;
        totals.onCommandSent(clock.nanoTime() - dueNs);
    }

    private boolean isAtEdge(final ReplicatedEntity own) {
        final WorldInfo world = client.world();
        return own.xCm() < EDGE_CM || own.yCm() < EDGE_CM
            || own.xCm() > world.widthCm() - EDGE_CM || own.yCm() > world.heightCm() - EDGE_CM;
    }

    private int headingInside(final ReplicatedEntity own) {
        final WorldInfo world = client.world();
        final double radians = Math.atan2(world.heightCm() / 2.0 - own.yCm(), world.widthCm() / 2.0 - own.xCm());
        final int towardsMiddle = (int) Math.round(radians / (2 * Math.PI) * FULL_TURN);
        return towardsMiddle + random.nextInt(2 * STEER_SPREAD + 1) - STEER_SPREAD & FULL_TURN - 1;
    }

    private long nextIntervalNs() {
        return commandIntervalMinNs + random.nextLong(commandIntervalMaxNs - commandIntervalMinNs + 1);
    }

    private void checkGap(final long nowNs, final long stalledUntilNs) {
        final long sinceNs = stalledUntilNs - lastFrameNs > 0 ? stalledUntilNs : lastFrameNs;
        if (isGapReported || nowNs - sinceNs <= FRAME_GAP_NS) {
            return;
        }
        isGapReported = true;
        if (violations.hit(BotRule.FRAME_GAP)) {
            violations.keep(new Violation(index, client.entities().newestSlot(), BotRule.FRAME_GAP,
                "a frame within " + FRAME_GAP_NS / 1_000_000 + " ms",
                "none for " + (nowNs - lastFrameNs) / 1_000_000 + " ms after frame " + client.entities().newestFrameNumber()));
        }
    }
}
