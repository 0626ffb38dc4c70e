package io.orrery.transport.netcode;

/**
 * Hashed timing wheel (Varghese and Lauck, scheme 6) with intrusive lists: 256 buckets of 1.05 ms.
 *
 * <p>One thread. Memory: fixed; timers are their own links. Guarantees (G1) a timer is never called before it is due, and within one
 * bucket after it if {@link #poll} is called often enough; (G2) work per poll is bounded by the caller's limit, the rest comes with the
 * next; (G3) due times beyond the wheel's 268 ms call early, so that whoever is called looks at the time itself.
 */
public final class TimerWheel {
    static final int UNSCHEDULED = -1;

    private static final int TICK_SHIFT = 20;
    private static final int BUCKETS = 256;

    private final WheelTimer[] heads = new WheelTimer[BUCKETS];
    private final long startNs;
    private long currentTick;

    /**
     * Creates an empty wheel.
     *
     * @param startNs monotonic nanoseconds now.
     */
    public TimerWheel(final long startNs) {
        this.startNs = startNs;
    }

    /**
     * Schedules a timer, wherever it was scheduled before.
     *
     * @param timer to call.
     * @param dueNs when, monotonic nanoseconds.
     */
    public void schedule(final WheelTimer timer, final long dueNs) {
        cancel(timer);
        final long dueTick = (dueNs - startNs >> TICK_SHIFT) + 1;
        final long tick = Math.clamp(dueTick, currentTick + 1, currentTick + BUCKETS - 1);
        final int bucket = (int) (tick & BUCKETS - 1);
        timer.bucket = bucket;
        timer.next = heads[bucket];
        if (timer.next != null) {
            timer.next.previous = timer;
        }
        heads[bucket] = timer;
    }

    /**
     * Takes a timer off the wheel; no effect if it is not on it.
     *
     * @param timer not to call.
     */
    public void cancel(final WheelTimer timer) {
        if (timer.bucket == UNSCHEDULED) {
            return;
        }
        if (timer.previous == null) {
            heads[timer.bucket] = timer.next;
        } else {
            timer.previous.next = timer.next;
        }
        if (timer.next != null) {
            timer.next.previous = timer.previous;
        }
        timer.previous = null;
        timer.next = null;
        timer.bucket = UNSCHEDULED;
    }

    /**
     * Calls timers that are due.
     *
     * @param nowNs monotonic nanoseconds.
     * @param limit most timers to call.
     * @return how many were called.
     */
    public int poll(final long nowNs, final int limit) {
        final long nowTick = nowNs - startNs >> TICK_SHIFT;
        // After a long stall every bucket is visited once; the ticks before held the same buckets.
        currentTick = Math.max(currentTick, nowTick - (BUCKETS - 1));
        int called = 0;
        while (currentTick <= nowTick) {
            final int bucket = (int) (currentTick & BUCKETS - 1);
            while (heads[bucket] != null) {
                if (called >= limit) {
                    return called;
                }
                final WheelTimer timer = heads[bucket];
                cancel(timer);
                timer.onTimer(nowNs);
                called++;
            }
            currentTick++;
        }
        return called;
    }
}
