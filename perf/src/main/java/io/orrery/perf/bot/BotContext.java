package io.orrery.perf.bot;

import io.orrery.client.ClientTransportGroup;
import io.orrery.platform.config.Ranges;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of a {@link BotSwarm}. Filled by setters, checked and frozen once by {@link #conclude()}.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class BotContext {
    /** Most bots of one swarm. */
    public static final int BOT_COUNT_MAX = 20_000;

    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long MILLISECOND_NS = 1_000_000L;

    private int botCount = 200;
    private long seed = 1;
    private long rampNs = 5_000_000_000L;
    private long commandIntervalMinNs = 500_000_000L;
    private long commandIntervalMaxNs = 1_500_000_000L;
    private long reconnectPauseNs = 1_000_000_000L;
    private int hysteresisCm = 1_000;
    private int knownRadiusCm = 9_500;
    private NanoClock clock = SystemNanoClock.INSTANCE;
    private BotTokenSource tokenSource;
    private ClientTransportGroup transportGroup;
    private boolean isConcluded;

    /** Creates an open context of defaults. */
    public BotContext() {
    }

    /**
     * Sets how many bots there are.
     *
     * @param count 0 to {@link #BOT_COUNT_MAX}.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public BotContext botCount(final int count) {
        checkOpen();
        botCount = count;
        return this;
    }

    /**
     * Sets what all randomness springs from.
     *
     * @param value any; the same gives the same walks.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public BotContext seed(final long value) {
        checkOpen();
        seed = value;
        return this;
    }

    /**
     * Sets over which time bots connect, evenly.
     *
     * @param durationNs nanoseconds, 0 to an hour.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public BotContext rampNs(final long durationNs) {
        checkOpen();
        rampNs = durationNs;
        return this;
    }

    /**
     * Sets the bounds of the random time between two commands of a bot.
     *
     * @param minNs nanoseconds, 1,000,000 to an hour.
     * @param maxNs nanoseconds, {@code minNs} to an hour.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public BotContext commandIntervalNs(final long minNs, final long maxNs) {
        checkOpen();
        commandIntervalMinNs = minNs;
        commandIntervalMaxNs = maxNs;
        return this;
    }

    /**
     * Sets how long a bot waits before it connects again.
     *
     * @param pauseNs nanoseconds, 1,000,000 to an hour.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public BotContext reconnectPauseNs(final long pauseNs) {
        checkOpen();
        reconnectPauseNs = pauseNs;
        return this;
    }

    /**
     * Sets how far beyond the interest radius the server may still show an entity.
     *
     * @param distanceCm centimetres, 0 to 1,000,000.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public BotContext hysteresisCm(final int distanceCm) {
        checkOpen();
        hysteresisCm = distanceCm;
        return this;
    }

    /**
     * Sets within which distance of its character a bot must know everything.
     *
     * @param radiusCm centimetres, 100 to 1,000,000; below the server's interest radius by what two walkers close in two slots.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public BotContext knownRadiusCm(final int radiusCm) {
        checkOpen();
        knownRadiusCm = radiusCm;
        return this;
    }

    /**
     * Sets the clock of schedule and measurement; tests pass one they move by hand.
     *
     * @param nanoClock monotonic, nanoseconds.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public BotContext clock(final NanoClock nanoClock) {
        checkOpen();
        clock = nanoClock;
        return this;
    }

    /**
     * Sets where connect tokens come from.
     *
     * @param source called on the swarm's thread.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public BotContext tokenSource(final BotTokenSource source) {
        checkOpen();
        tokenSource = source;
        return this;
    }

    /**
     * Sets where connections come from.
     *
     * @param group owned by the swarm from now on, which polls and closes it.
     * @return this, for chaining.
     * @throws IllegalStateException if already concluded; nothing changes.
     */
    public BotContext transportGroup(final ClientTransportGroup group) {
        checkOpen();
        transportGroup = group;
        return this;
    }

    /**
     * Checks every value and the relations between them, then freezes this context.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException naming the value and its bounds; the context stays open.
     * @throws IllegalStateException if called twice.
     */
    public BotContext conclude() {
        checkOpen();
        Ranges.check("botCount", botCount, 0, BOT_COUNT_MAX);
        Ranges.check("rampNs", rampNs, 0, HOUR_NS);
        Ranges.check("commandIntervalMinNs", commandIntervalMinNs, MILLISECOND_NS, HOUR_NS);
        Ranges.check("commandIntervalMaxNs", commandIntervalMaxNs, commandIntervalMinNs, HOUR_NS);
        Ranges.check("reconnectPauseNs", reconnectPauseNs, MILLISECOND_NS, HOUR_NS);
        Ranges.check("hysteresisCm", hysteresisCm, 0, 1_000_000);
        Ranges.check("knownRadiusCm", knownRadiusCm, 100, 1_000_000);
        Ranges.required("clock", clock);
        Ranges.required("tokenSource", tokenSource);
        Ranges.required("transportGroup", transportGroup);
        isConcluded = true;
        return this;
    }

    int botCount() {
        return botCount;
    }

    long seed() {
        return seed;
    }

    long rampNs() {
        return rampNs;
    }

    long commandIntervalMinNs() {
        return commandIntervalMinNs;
    }

    long commandIntervalMaxNs() {
        return commandIntervalMaxNs;
    }

    long reconnectPauseNs() {
        return reconnectPauseNs;
    }

    int hysteresisCm() {
        return hysteresisCm;
    }

    int knownRadiusCm() {
        return knownRadiusCm;
    }

    NanoClock clock() {
        return clock;
    }

    BotTokenSource tokenSource() {
        return tokenSource;
    }

    ClientTransportGroup transportGroup() {
        return transportGroup;
    }

    boolean isConcluded() {
        return isConcluded;
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("BotContext is concluded");
        }
    }
}
