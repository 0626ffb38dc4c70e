package io.orrery.transport.http;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The route that fits a request.
 *
 * @param route which.
 * @param parameters of its path.
 */
record RouteMatch(Route route, Map<String, String> parameters) {
    /** Finds the route: literal segments win because they are given first by {@link HttpServerContext}. */
    static RouteMatch find(final List<Route> routes, final RequestTarget target) {
        final String method = "HEAD".equals(target.method()) ? "GET" : target.method();
        final TreeSet<String> allowed = new TreeSet<>();
        for (final Route route : routes) {
            final Map<String, String> parameters = route.match(target.segments());
            if (parameters != null) {
                if (route.method().equals(method)) {
                    return new RouteMatch(route, parameters);
                }
                allowed.add(route.method());
                if ("GET".equals(route.method())) {
                    allowed.add("HEAD");
                }
            }
        }
        if (allowed.isEmpty()) {
            throw HttpProblem.notFound("nothing answers to this path");
        }
        final String allow = String.join(", ", allowed);
        throw new HttpProblem(405, "method-not-allowed", "The path does not answer to this method", "method, must be one of " + allow)
            .withHeader("Allow", allow);
    }
}
