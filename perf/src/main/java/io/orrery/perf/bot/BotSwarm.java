package io.orrery.perf.bot;

import io.orrery.client.ClientTransportGroup;
import java.util.List;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Many bots on one thread.
 *
 * <p>Writing thread: the one that runs this agent. Any thread may call {@link #stop()}, {@link #isDrained()}, {@link #snapshot()}, the
 * violations and the recorders. Life: from {@link #onStart()} to {@link #onClose()}. Memory: for each bot that of its client; what they
 * share is fixed.
 *
 * <p>Guarantees: (G1) commands are timed from when they were due, whenever they were sent, so that neither a slow server nor a slow harness
 * hides its delay; (G2) how late the harness itself was is recorded beside it; (G3) after {@link #stop()} every bot says goodbye within one
 * duty cycle for each {@value #STOPS_PER_CALL_MAX} bots.
 */
public final class BotSwarm implements Agent {
    private static final long SNAPSHOT_INTERVAL_NS = 1_000_000_000L;
    private static final long STALL_NS = 250_000_000L;
    private static final long WORLD_STALL_MAX_NS = 4_000_000_000L;
    private static final int STOPS_PER_CALL_MAX = 64;

    private final NanoClock clock;
    private final ClientTransportGroup transportGroup;
    private final long rampNs;
    private final SwarmTotals totals = new SwarmTotals();
    private final ViolationLog violations = new ViolationLog();
    private final CompletenessCheck completeness;
    private final Bot[] bots;

    private SnapshotTaker snapshotTaker;
    private long lastCycleNs;
    private long stalledUntilNs;
    private long framesSeen;
    private long lastFrameNs;
    private boolean isWorldStalled;
    private long snapshotDueNs;
    private long sampleDueNs;
    private int stoppedCount;
    private volatile boolean isStopping;
    private volatile boolean isDrained;
    private volatile BotSwarmSnapshot snapshot;

    /**
     * Creates a swarm that has not started.
     *
     * @param context concluded; its values are copied.
     * @throws IllegalStateException if the context is open.
     */
    public BotSwarm(final BotContext context) {
        if (!context.isConcluded()) {
            throw new IllegalStateException("BotContext is not concluded");
        }
        clock = context.clock();
        transportGroup = context.transportGroup();
        rampNs = context.rampNs();
        completeness = new CompletenessCheck(violations, context.knownRadiusCm());
        bots = new Bot[context.botCount()];
        for (int i = 0; i < bots.length; i++) {
            bots[i] = new Bot(i, context, totals, violations);
        }
    }

    @Override
    public void onStart() {
        final long nowNs = clock.nanoTime();
        for (int i = 0; i < bots.length; i++) {
            bots[i].start(nowNs + Math.round((double) rampNs * i / bots.length));
        }
        snapshotTaker = new SnapshotTaker(totals, violations, transportGroup, nowNs);
        lastCycleNs = nowNs;
        stalledUntilNs = nowNs;
        lastFrameNs = nowNs;
        sampleDueNs = nowNs + CompletenessCheck.SAMPLE_INTERVAL_NS;
        snapshotDueNs = nowNs + SNAPSHOT_INTERVAL_NS;
        snapshot = snapshotTaker.take(bots, nowNs);
    }

    @Override
    public int doWork() {
        if (isDrained) {
            return 0;
        }
        int workCount = transportGroup.doWork();
        final long nowNs = clock.nanoTime();
        if (isStopping) {
            return workCount + drain(nowNs);
        }
        if (nowNs - lastCycleNs > STALL_NS) {
            totals.stallCount++;
            stalledUntilNs = nowNs;
        }
        lastCycleNs = nowNs;
        noticeWorldStall(nowNs);
        for (final Bot bot : bots) {
            workCount += bot.doWork(nowNs, stalledUntilNs);
        }
        return workCount + sample(nowNs) + publish(nowNs);
    }

    /**
     * A world that shows nobody anything stands still as a whole: the server's own figures tell of that (its frame rate, its missed
     * ticks), and a busy machine brings it about. No bot is singled out until {@link #WORLD_STALL_MAX_NS} have passed.
     */
    private void noticeWorldStall(final long nowNs) {
        final boolean isMoving = totals.framesReceived != framesSeen;
        if (isMoving) {
            framesSeen = totals.framesReceived;
            if (isWorldStalled) {
                stalledUntilNs = nowNs;
            }
            isWorldStalled = false;
            lastFrameNs = nowNs;
        } else if (nowNs - lastFrameNs > STALL_NS && nowNs - lastFrameNs < WORLD_STALL_MAX_NS) {
            if (!isWorldStalled) {
                totals.stallCount++;
            }
            isWorldStalled = true;
            stalledUntilNs = nowNs;
        }
    }

    @Override
    public void onClose() {
        for (final Bot bot : bots) {
            bot.stop();
        }
        transportGroup.close();
        isDrained = true;
    }

    @Override
    public String roleName() {
        return "load-bots";
    }

    /** Asks all bots to leave. They are gone once {@link #isDrained()}; the agent goes on to be driven until then. Any thread. */
    public void stop() {
        isStopping = true;
    }

    /**
     * Whether all bots have said goodbye. Any thread.
     *
     * @return true from then on.
     */
    public boolean isDrained() {
        return isDrained;
    }

    /**
     * How the swarm stands. Any thread.
     *
     * @return at most a second old; null before {@link #onStart()}.
     */
    public BotSwarmSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Broken rules, since start. Any thread.
     *
     * @return count.
     */
    public long violationCount() {
        return violations.count();
    }

    /**
     * How often one rule was broken, since start. Any thread.
     *
     * @param rule which.
     * @return count.
     */
    public long violationCount(final BotRule rule) {
        return violations.count(rule);
    }

    /**
     * The first hundred broken rules, in full. Any thread.
     *
     * @return oldest first; a copy.
     */
    public List<Violation> violations() {
        return violations.list();
    }

    /**
     * Latencies in nanoseconds, from when a command was due to the arrival of the first frame that acknowledges it; above a minute they
     * count as a minute. One other thread may take interval histograms.
     *
     * @return recorder that the swarm writes.
     */
    public SingleWriterRecorder commandToFrame() {
        return totals.commandToFrame;
    }

    /**
     * How late the harness itself was, in nanoseconds: from when a command was due to its sending. One other thread may take interval
     * histograms.
     *
     * @return recorder that the swarm writes.
     */
    public SingleWriterRecorder commandLateness() {
        return totals.commandLateness;
    }

    private int drain(final long nowNs) {
        final int endIndex = Math.min(stoppedCount + STOPS_PER_CALL_MAX, bots.length);
        while (stoppedCount < endIndex) {
            bots[stoppedCount].stop();
            stoppedCount++;
        }
        if (stoppedCount == bots.length) {
            snapshot = snapshotTaker.take(bots, nowNs);
            isDrained = true;
        }
        return 1;
    }

    private int sample(final long nowNs) {
        if (nowNs - sampleDueNs < 0) {
            return 0;
        }
        sampleDueNs = nowNs + CompletenessCheck.SAMPLE_INTERVAL_NS;
        completeness.sample(bots, nowNs);
        return 1;
    }

    private int publish(final long nowNs) {
        if (nowNs - snapshotDueNs < 0) {
            return 0;
        }
        snapshotDueNs = Math.max(snapshotDueNs + SNAPSHOT_INTERVAL_NS, nowNs);
        snapshot = snapshotTaker.take(bots, nowNs);
        return 1;
    }
}
