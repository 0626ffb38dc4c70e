package io.orrery.transport.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of a server since its start: responses by route and status class, and {@link HttpEvent}s.
 *
 * <p>Any thread may call any method. Memory: fixed when the server is made.
 */
public final class HttpCounters {
    /** Stands for the route of requests whose path or method fits none. */
    public static final String UNROUTED = "unrouted";
    /** Stands for the route of what never became a request. */
    public static final String MALFORMED = "malformed";
    /** Status classes: index 1 is 1xx, index 5 is 5xx. */
    public static final int STATUS_CLASS_COUNT = 6;

    private final Map<String, LongAdder[]> countByRoute = new LinkedHashMap<>();
    private final Map<HttpEvent, LongAdder> countByEvent = new EnumMap<>(HttpEvent.class);

    HttpCounters(final List<Route> routes) {
        for (final Route route : routes) {
            countByRoute.put(name(route), adders());
        }
        countByRoute.put(UNROUTED, adders());
        countByRoute.put(MALFORMED, adders());
        for (final HttpEvent event : HttpEvent.values()) {
            countByEvent.put(event, new LongAdder());
        }
    }

    /**
     * What the counts are kept for.
     *
     * @return names such as {@code POST /v1/login}, then {@link #UNROUTED} and {@link #MALFORMED}.
     */
    public List<String> routes() {
        return new ArrayList<>(countByRoute.keySet());
    }

    /**
     * Responses of a route.
     *
     * @param route one of {@link #routes()}.
     * @param statusClass 1 to 5, the first digit of the status codes.
     * @return count since start.
     */
    public long responseCount(final String route, final int statusClass) {
        return countByRoute.get(route)[statusClass].sum();
    }

    /**
     * How often something happened.
     *
     * @param event what.
     * @return count since start.
     */
    public long count(final HttpEvent event) {
        return countByEvent.get(event).sum();
    }

    static String name(final Route route) {
        return route.method() + " " + route.pattern();
    }

    void onResponse(final String route, final int status) {
        countByRoute.get(route)[Math.clamp(status / 100, 1, STATUS_CLASS_COUNT - 1)].increment();
    }

    void on(final HttpEvent event) {
        countByEvent.get(event).increment();
    }

    private static LongAdder[] adders() {
        final LongAdder[] adders = new LongAdder[STATUS_CLASS_COUNT];
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}
