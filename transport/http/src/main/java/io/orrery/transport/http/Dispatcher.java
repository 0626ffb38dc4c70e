package io.orrery.transport.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.orrery.transport.http.json.JsonFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes every request that Helidon could parse through the limits to its handler, and the answer back.
 *
 * <p>Runs on the virtual thread of each connection. Guarantees (G1) a handler sees only requests that its route lets in, whole; (G2) no
 * answer shows a stack trace or a message of an exception that is not meant for clients.
 */
final class Dispatcher implements Handler {
    private static final long RETRY_AFTER_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int BUFFER_LENGTH = 8192;

    private final HttpServerContext context;
    private final HttpLimits limits;
    private final List<Route> routes;
    private final HttpCounters counters;
    private final RequestIds requestIds;
    private final ResponseHeaders responseHeaders;
    private final Semaphore inFlight;
    /** One permit per connection: held from the handler's start to the end of its answer, so that drain waits for the latter too. */
    private final Semaphore unanswered;
    private volatile boolean isDraining;

    /** What becomes of one request. */
    private static final class Exchange {
        private final ServerRequest request;
        private final ConnectionGuard guard;
        private final long startNs;
        private final boolean hasBody;
        private String requestId;
        private String route = HttpCounters.UNROUTED;
        private boolean isBodyRead;
        private boolean isUnanswered;

        private Exchange(final ServerRequest request, final ConnectionGuard guard, final long startNs) {
            this.request = request;
            this.guard = guard;
            this.startNs = startNs;
            final ServerRequestHeaders headers = request.headers();
            hasBody = headers.contains(HeaderNames.TRANSFER_ENCODING) || headers.contentLength().orElse(0) > 0;
        }
    }

    Dispatcher(final HttpServerContext context, final List<Route> routes, final HttpCounters counters, final RequestIds requestIds,
        final ResponseHeaders responseHeaders) {
        this.context = context;
        this.routes = routes;
        this.counters = counters;
        this.requestIds = requestIds;
        this.responseHeaders = responseHeaders;
        limits = context.limits();
        inFlight = new Semaphore(limits.requestsInFlightMax());
        unanswered = new Semaphore(limits.connectionsMax());
    }

    @Override
    public void handle(final ServerRequest request, final ServerResponse response) {
        final Exchange exchange = new Exchange(request, ConnectionGuard.current(), context.clock().nanoTime());
        exchange.requestId = requestIds.of(request.headers().first(HeaderNames.create(RequestIds.HEADER)).orElse(null));
        try {
            send(exchange, response, answerOrProblem(exchange));
        } finally {
            if (exchange.isUnanswered) {
                unanswered.release();
            }
        }
    }

    /** Refuses whatever comes from now on. */
    void drain() {
        isDraining = true;
    }

    /** Waits until no request is with its handler and all their answers are out. */
    boolean awaitQuiet(final long limitMs) throws InterruptedException {
        return unanswered.tryAcquire(limits.connectionsMax(), limitMs, TimeUnit.MILLISECONDS);
    }

    int inFlightCount() {
        return limits.requestsInFlightMax() - inFlight.availablePermits();
    }

    private HttpResponse answerOrProblem(final Exchange exchange) {
        try {
            return answer(exchange);
        } catch (final HttpProblem problem) {
            return problem.toResponse(exchange.requestId);
        } catch (final JsonFault fault) {
            return HttpProblem.of(fault).toResponse(exchange.requestId);
        } catch (final CloseConnectionException e) {
            throw e;
        } catch (final Exception | StackOverflowError | AssertionError e) {
            counters.on(HttpEvent.FAULT);
            context.errorHandler().onError(e);
            return new HttpProblem(500, "internal", "The server failed", null).toResponse(exchange.requestId);
        }
    }

    private HttpResponse answer(final Exchange exchange) {
        final ServerRequest request = exchange.request;
        final RequestTarget target = RequestTarget.parse(
            request.prologue().method().text(), request.prologue().uriPath().rawPath(), request.prologue().query().rawValue());
        if (isDraining && !BuiltInRoutes.isAnsweredWhileDraining(target)) {
            counters.on(HttpEvent.DRAINING);
            throw HttpProblem.unavailable("draining", "the server is going down", RETRY_AFTER_NS);
        }
        final RouteMatch match = RouteMatch.find(routes, target);
        final Route route = match.route();
        final Route.Needs needs = route.needs();
        exchange.route = HttpCounters.name(route);
        if (needs.rateLimiter() != null) {
            needs.rateLimiter().acquire(exchange.guard.address());
        }
        final HttpRequest handed =
            new HttpRequest(target, match, request.headers(), exchange.guard.address(), exchange.requestId);
        Roles.check(handed, needs, context.roleVerifier());
        checkMediaTypes(exchange, needs);
        if (exchange.hasBody) {
            final int bytesMax = needs.bodyBytesMax() == Route.BODY_BYTES_OF_SERVER ? limits.bodyBytesMax() : needs.bodyBytesMax();
            handed.body(readBody(exchange, bytesMax));
        }
        return handOver(exchange, route, handed, target);
    }

    private HttpResponse handOver(final Exchange exchange, final Route route, final HttpRequest request, final RequestTarget target) {
        if (!exchange.guard.enter(ConnectionPhase.HANDLING, 0)) {
            throw new CloseConnectionException("overdue");
        }
        if (BuiltInRoutes.isAnsweredWhileDraining(target)) {
            return route.handler().onRequest(request);
        }
        if (!unanswered.tryAcquire()) {
            counters.on(HttpEvent.DRAINING);
            throw HttpProblem.unavailable("draining", "the server is going down", RETRY_AFTER_NS);
        }
        exchange.isUnanswered = true;
        if (!inFlight.tryAcquire()) {
            counters.on(HttpEvent.OVERLOADED);
            throw HttpProblem.unavailable("overloaded", "too many requests are in flight", RETRY_AFTER_NS);
        }
        try {
            return route.handler().onRequest(request);
        } finally {
            inFlight.release();
        }
    }

    private static void checkMediaTypes(final Exchange exchange, final Route.Needs needs) {
        final ServerRequestHeaders headers = exchange.request.headers();
        if (!MediaTypes.isAccepted(headers.values(HeaderNames.ACCEPT), needs.responseType())) {
            throw new HttpProblem(406, "not-acceptable", "The client does not accept the answer's media type",
                "Accept, must include " + needs.responseType());
        }
        if (exchange.hasBody && needs.requestType() != null) {
            final String type = headers.first(HeaderNames.CONTENT_TYPE).orElse(null);
            if (!MediaTypes.isType(type, needs.requestType())) {
                throw new HttpProblem(415, "unsupported-media-type", "The body has another media type",
                    "Content-Type, must be " + needs.requestType()).withHeader("Accept", needs.requestType());
            }
        }
    }

    private byte[] readBody(final Exchange exchange, final int bytesMax) {
        final long announcedBytes = exchange.request.headers().contentLength().orElse(0);
        if (announcedBytes > bytesMax) {
            throw HttpProblem.bodyTooLong(bytesMax);
        }
        if (!exchange.guard.enterBody(bytesMax, limits.bodyLimitMs())) {
            throw new CloseConnectionException("overdue");
        }
        final ByteArrayOutputStream body = new ByteArrayOutputStream((int) Math.min(announcedBytes, BUFFER_LENGTH));
        try {
            // Not closed: that would read on to the end of a body that is refused.
            final InputStream content = exchange.request.content().inputStream();
            final byte[] buffer = new byte[BUFFER_LENGTH];
            for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
                if (body.size() + length > bytesMax) {
                    throw HttpProblem.bodyTooLong(bytesMax);
                }
                body.write(buffer, 0, length);
            }
        } catch (final IOException | RuntimeException e) {
            throw bodyFault(exchange, bytesMax, e);
        }
        exchange.isBodyRead = true;
        return body.toByteArray();
    }

    private RuntimeException bodyFault(final Exchange exchange, final int bytesMax, final Exception fault) {
        if (fault instanceof HttpProblem problem) {
            return problem;
        }
        if (exchange.guard.isExpired()) {
            return new CloseConnectionException("overdue");
        }
        final boolean isTooLong = fault instanceof RequestException refused && refused.status().code() == 413
            || fault instanceof HttpException refusedToo && refusedToo.status().code() == 413;
        if (isTooLong || exchange.guard.isFlooded()) {
            return HttpProblem.bodyTooLong(bytesMax);
        }
        counters.on(HttpEvent.MALFORMED);
        return new HttpProblem(400, "malformed-request", "The request cannot be understood", "the body is cut off or its chunks are wrong");
    }

    private void send(final Exchange exchange, final ServerResponse response, final HttpResponse answer) {
        final boolean isUnread = exchange.hasBody && !exchange.isBodyRead;
        final boolean isLast = isUnread || isDraining || exchange.request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
        if (!exchange.guard.enter(ConnectionPhase.RESPONDING, limits.responseLimitMs())) {
            throw new CloseConnectionException("overdue");
        }
        response.status(Status.create(answer.status()));
        responseHeaders.of(answer, exchange.requestId).forEach((name, value) -> response.header(HeaderNames.create(name), value));
        if (isLast) {
            response.header(HeaderNames.CONNECTION, "close");
        }
        final boolean isBodiless = answer.status() == 204 || answer.status() == 304;
        try {
            if (isBodiless) {
                response.send();
            } else if ("HEAD".equals(exchange.request.prologue().method().text())) {
                response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(answer.body().length));
                response.send();
            } else {
                response.send(answer.body());
            }
        } catch (final RuntimeException e) {
            counters.on(HttpEvent.CLIENT_GONE);
            throw new CloseConnectionException("client gone", e);
        } finally {
            counters.onResponse(exchange.route, answer.status());
            context.observer().onResponse(exchange.route, answer.status(), context.clock().nanoTime() - exchange.startNs);
        }
        if (isUnread) {
            exchange.guard.wantLinger();
        }
        if (isLast) {
            throw new CloseConnectionException("the last answer of this connection"); // Helidon would wait for the client to close
        }
        if (!exchange.guard.enter(ConnectionPhase.IDLE, limits.idleLimitMs())) {
            throw new CloseConnectionException("overdue");
        }
    }
}
