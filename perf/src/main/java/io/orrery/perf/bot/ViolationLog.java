package io.orrery.perf.bot;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * All violations of a swarm: the first {@value #DETAIL_CAPACITY} in full, the rest as counts.
 *
 * <p>Writing thread: the swarm's. Any thread may read: an entry is written before the count that makes it visible is released.
 */
final class ViolationLog {
    static final int DETAIL_CAPACITY = 100;

    private static final int TOTAL_INDEX = BotRule.values().length;
    private static final int KEPT_INDEX = TOTAL_INDEX + 1;

    private final Violation[] details = new Violation[DETAIL_CAPACITY];
    private final AtomicLongArray counts = new AtomicLongArray(KEPT_INDEX + 1);

    /**
     * Counts a violation.
     *
     * @param rule which was broken.
     * @return whether there is room for its detail, to be given to {@link #keep}.
     */
    boolean hit(final BotRule rule) {
        counts.setRelease(rule.ordinal(), counts.getPlain(rule.ordinal()) + 1);
        counts.setRelease(TOTAL_INDEX, counts.getPlain(TOTAL_INDEX) + 1);
        return counts.getPlain(KEPT_INDEX) < DETAIL_CAPACITY;
    }

    void keep(final Violation violation) {
        final int kept = (int) counts.getPlain(KEPT_INDEX);
        details[kept] = violation;
        counts.setRelease(KEPT_INDEX, kept + 1L);
    }

    long count() {
        return counts.getAcquire(TOTAL_INDEX);
    }

    long count(final BotRule rule) {
        return counts.getAcquire(rule.ordinal());
    }

    List<Violation> list() {
        final int kept = (int) counts.getAcquire(KEPT_INDEX);
        final List<Violation> list = new ArrayList<>(kept);
        for (int i = 0; i < kept; i++) {
            list.add(details[i]);
        }
        return list;
    }
}
