package io.orrery.transport.http;

/** Port: hears of each answered request, for histograms. Called by virtual threads, any number at a time: it must not block. */
public interface HttpObserver {
    /** Hears nothing. */
    HttpObserver NONE = (route, status, latencyNs) -> {
        // Nobody listens.
    };

    /**
     * A response was handed to the socket.
     *
     * @param route pattern of the route, or one of {@link HttpCounters}' names for requests without one.
     * @param status code of the response.
     * @param latencyNs nanoseconds from the end of the request's headers to then; 0 for what never became a request.
     */
    void onResponse(String route, int status, long latencyNs);
}
