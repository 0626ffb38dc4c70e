package io.orrery.transport.http;

import io.orrery.transport.http.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Routes of every server: is the process alive, can it serve, how does it fare. */
final class BuiltInRoutes {
    static final String HEALTHY = "/-/healthy";
    static final String READY = "/-/ready";
    static final String METRICS = "/metrics";

    private final HttpServerContext context;
    private final BooleanSupplier isTakingRequests;

    BuiltInRoutes(final HttpServerContext context, final BooleanSupplier isTakingRequests) {
        this.context = context;
        this.isTakingRequests = isTakingRequests;
    }

    List<Route> routes() {
        final List<Route> routes = new ArrayList<>();
        routes.add(Route.get(HEALTHY, request -> HttpResponse.json(200, new JsonWriter().field("status", "up"))));
        routes.add(Route.get(READY, this::onReady));
        final MetricsSource source = context.metricsSource();
        if (source != null) {
            routes.add(Route.get(METRICS, request -> HttpResponse.bytes(200, source.mediaType(), source.metrics()))
                .withMediaTypes(null, source.mediaType()).withRoleOrLoopback(context.metricsRole()));
        }
        return routes;
    }

    /** Draining is reported too, so that these answer while others are refused. */
    static boolean isAnsweredWhileDraining(final RequestTarget target) {
        return HEALTHY.equals(target.path()) || READY.equals(target.path()) || METRICS.equals(target.path());
    }

    private HttpResponse onReady(final HttpRequest request) {
        final boolean isDetailShown = Roles.isLet(request, context.metricsRole(), true, context.roleVerifier());
        boolean isReady = isTakingRequests.getAsBoolean();
        final JsonWriter checks = new JsonWriter().field("server", context.name()).field("draining", !isReady).list("checks");
        for (final Map.Entry<String, HealthCheck> check : context.readinessChecks().entrySet()) {
            final HealthState state = state(check.getValue());
            isReady &= state.isUp();
            checks.object().field("name", check.getKey()).field("status", state.isUp() ? "up" : "down");
            if (isDetailShown && !state.detail().isEmpty()) {
                checks.field("detail", state.detail());
            }
            checks.end();
        }
        checks.end().field("status", isReady ? "up" : "down");
        return HttpResponse.json(isReady ? 200 : 503, checks);
    }

    private HealthState state(final HealthCheck check) {
        try {
            return check.check();
        } catch (final RuntimeException e) {
            context.errorHandler().onError(e);
            return HealthState.down("the check itself failed");
        }
    }
}
