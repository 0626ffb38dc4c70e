package io.orrery.telemetry.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.lmax.disruptor.EventPoller;
import io.orrery.telemetry.record.TelemetrySink;
import io.orrery.telemetry.record.TickSample;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.NanoClock;

/**
 * Takes samples from any number of producers, each through a ring of its own, and turns them into histograms, metrics and snapshots.
 *
 * <p>Writing thread: the one that calls {@link #doWork()}; it may be its own, a shared one or a test's. {@link #newSink(String)},
 * {@link #markPlateau()}, {@link #endPlateau()} and {@link #snapshot()} may be called from any thread. Life: until {@link #onClose()},
 * which
 * takes in what is left in the rings; the last snapshot stays readable. Memory: the rings, bounded by the context, and the histograms.
 *
 * <p>Assumes (A1) the clock never goes back; (A2) each sink has one producer at a time. Guarantees (G1) no producer ever waits: what does
 * not fit is lost, and counted where {@link QueueFigures} and a metric show it; (G2) at most {@value #EVENT_LIMIT} samples of each ring per
 * {@link #doWork()}, so that a flood cannot starve an agent on the same thread; (G3) one snapshot an interval, none in a burst after a
 * pause; (G4) neither a bad sample nor a full disk stops it.
 *
 * <p>Unlike agents of the data path this one allocates and, once an interval, writes to a file: it serves nobody in real time.
 */
public final class TelemetryPipeline implements Agent {
    /** Most samples taken from one ring in one duty cycle. */
    public static final int EVENT_LIMIT = 512;

    private static final String ROLE_NAME = "telemetry-0";
    private static final int REQUEST_CAPACITY = 16;
    private static final Pattern PRODUCER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final NanoClock nanoClock;
    private final EpochClock epochClock;
    private final long intervalNs;
    private final int ringCapacity;
    private final int producerCapacity;
    private final Consumer<TelemetrySnapshot> snapshotListener;
    private final TelemetryBook book;
    private final IntervalLog log;
    private final PipelineMetrics metrics;
    private final SystemSampler systemSampler = new SystemSampler();
    private final EventPoller.Handler<TelemetryEvent> handler = this::onEvent;
    private final ManyToOneConcurrentArrayQueue<PlateauRequest> requests = new ManyToOneConcurrentArrayQueue<>(REQUEST_CAPACITY);
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private volatile RingSink[] sinks = {};
    private volatile TelemetrySnapshot snapshot;

    private final long startNs;
    private RingSink polled;
    private long nowNs;
    private int eventCount;
    private long deadlineNs;
    private long intervalStartMs;
    private long snapshotCount;
    private long listenerFaultCount;

    private enum PlateauRequest { MARK, END }

    /**
     * Creates a pipeline that waits for its first {@link #doWork()}, and the histogram log if one is configured.
     *
     * @param context concluded; its values are copied.
     * @throws java.io.UncheckedIOException naming the histogram log if it cannot be written.
     */
    public TelemetryPipeline(final TelemetryContext context) {
        context.checkConcluded();
        nanoClock = context.nanoClock();
        epochClock = context.epochClock();
        intervalNs = context.intervalNs();
        ringCapacity = context.ringCapacity();
        producerCapacity = context.producerCapacity();
        snapshotListener = context.snapshotListener();
        startNs = nanoClock.nanoTime();
        nowNs = startNs;
        deadlineNs = startNs + intervalNs;
        intervalStartMs = epochClock.time();
        book = new TelemetryBook(context.partitionCapacity(), context.kindNames(), startNs);
        snapshot = emptySnapshot();
        metrics = new PipelineMetrics(this::snapshot, context.partitionCapacity());
        log = new IntervalLog(context.histogramLog(), intervalStartMs);
        systemSampler.sample(startNs);
    }

    /**
     * Gives a producer a sink of its own. Any thread may call this, at start, not on the data path.
     *
     * @param producerName for counters: letters, digits, {@code .}, {@code _}, {@code -}; at most 64, different from all others.
     * @return for one producing thread at a time; it may be used beyond the pipeline's life, to no effect.
     * @throws IllegalArgumentException if the name is taken or malformed.
     * @throws IllegalStateException if there are as many sinks as the context allows, or the pipeline is closed.
     */
    public synchronized TelemetrySink newSink(final String producerName) {
        if (isClosed.get()) {
            throw new IllegalStateException("producer " + producerName + ": telemetry is closed");
        }
        if (producerName == null || !PRODUCER_NAME.matcher(producerName).matches()) {
            throw new IllegalArgumentException("producerName=" + producerName + ", must match " + PRODUCER_NAME.pattern());
        }
        final RingSink[] before = sinks;
        for (final RingSink sink : before) {
            if (sink.producerName().equals(producerName)) {
                throw new IllegalArgumentException("producerName=" + producerName + ", must be different from all others");
            }
        }
        if (before.length >= producerCapacity) {
            throw new IllegalStateException("producer " + producerName + ": there are producerCapacity=" + producerCapacity + " already");
        }
        final RingSink[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = new RingSink(producerName, ringCapacity);
        sinks = after;
        return after[before.length];
    }

    /**
     * Starts the plateau: {@link PlateauTotals} begin anew at the next duty cycle. Called once ramp-up is over; may be repeated.
     *
     * @return false if too many requests wait for the telemetry thread; try again.
     */
    public boolean markPlateau() {
        return requests.offer(PlateauRequest.MARK);
    }

    /**
     * Ends the plateau: {@link PlateauTotals} stay as they are at the next duty cycle. Called before users are drained.
     *
     * @return false if too many requests wait for the telemetry thread; try again.
     */
    public boolean endPlateau() {
        return requests.offer(PlateauRequest.END);
    }

    /**
     * The newest snapshot.
     *
     * @return never null; all zeros before the end of the first interval.
     */
    public TelemetrySnapshot snapshot() {
        return snapshot;
    }

    @Override
    public int doWork() {
        if (isClosed.get()) {
            return 0;
        }
        nowNs = nanoClock.nanoTime();
        final RingSink[] all = sinks;
        int workCount = pollAll(all) + serveRequests(all);
        if (nowNs - deadlineNs >= 0) {
            closeInterval(all);
            schedule();
            workCount++;
        }
        return workCount;
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    @Override
    public synchronized void onClose() {
        if (isClosed.get()) {
            return;
        }
        nowNs = nanoClock.nanoTime();
        final RingSink[] all = sinks;
        // Producers have stopped: at most one whole ring each is left, and what still arrives after that is not waited for.
        for (int i = 0; i <= ringCapacity / EVENT_LIMIT; i++) {
            pollAll(all);
        }
        serveRequests(all);
        closeInterval(all);
        log.close();
        isClosed.set(true);
    }

    PrometheusRegistry registry() {
        return metrics.registry();
    }

    private int pollAll(final RingSink[] all) {
        int sum = 0;
        for (final RingSink sink : all) {
            eventCount = 0;
            polled = sink;
            try {
                sink.poller().poll(handler);
            } catch (final Exception impossible) {
                // The handler declares none; poll declares what a handler might.
                throw new IllegalStateException("polling " + sink.producerName(), impossible);
            }
            sum += eventCount;
        }
        return sum;
    }

    private boolean onEvent(final TelemetryEvent event, final long sequence, final boolean isLast) {
        switch (event.type()) {
            case TelemetryEvent.TYPE_TICK -> {
                final TickSample sample = event.tick();
                if (book.onTick(sample, nowNs)) {
                    metrics.onTick(sample);
                }
            }
            case TelemetryEvent.TYPE_LATENCY -> {
                if (book.onLatency(event.measure(), event.value())) {
                    metrics.onLatency(event.measure(), event.value());
                }
            }
            default -> book.onGauge(polled.gauges(), event.gauge(), event.value(), nowNs);
        }
        return ++eventCount < EVENT_LIMIT;
    }

    private int serveRequests(final RingSink[] all) {
        int count = 0;
        for (PlateauRequest request = requests.poll(); request != null; request = requests.poll()) {
            if (request == PlateauRequest.MARK) {
                book.markPlateau(nowNs, all);
            } else {
                book.endPlateau(nowNs, all);
            }
            count++;
        }
        return count;
    }

    private void closeInterval(final RingSink[] all) {
        final long nowMs = epochClock.time();
        book.closeInterval(nowNs, all);
        final SystemFigures system = systemSampler.sample(nowNs);
        final TelemetrySnapshot next = new TelemetrySnapshot(++snapshotCount, nowMs, nowNs - startNs, book.worldFigures(),
            TelemetryBook.gaugeFigures(all), system, queueFigures(all), book.intervalSummaries(), book.totals(all));
        book.flushIntervals(log, intervalStartMs, nowMs);
        log.flush();
        intervalStartMs = nowMs;
        snapshot = next;
        try {
            snapshotListener.accept(next);
        } catch (final RuntimeException fault) {
            listenerFaultCount++;
        }
    }

    private void schedule() {
        final long lateNs = nowNs - deadlineNs;
        deadlineNs += (lateNs / intervalNs + 1) * intervalNs;
    }

    private QueueFigures queueFigures(final RingSink[] all) {
        final List<QueueFigures.Producer> producers = new ArrayList<>(all.length);
        long lostCount = 0;
        for (final RingSink sink : all) {
            final long lost = sink.lostCount();
            producers.add(new QueueFigures.Producer(sink.producerName(), lost, sink.pendingCount()));
            lostCount += lost;
        }
        return new QueueFigures(List.copyOf(producers), lostCount, book.refusedCount(), log.faultCount() + listenerFaultCount);
    }

    private TelemetrySnapshot emptySnapshot() {
        final WorldFigures nobody = new WorldFigures(List.of(), 0, 0, 0, 0, 0, Map.of(), LatencySummary.empty(TelemetryBook.TICK_TAG),
            LatencySummary.empty(TelemetryBook.LATENESS_TAG));
        return new TelemetrySnapshot(0, intervalStartMs, 0, nobody, GaugeFigures.NONE, SystemFigures.NONE, QueueFigures.NONE, List.of(),
            PlateauTotals.none());
    }
}
