package io.orrery.transport.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.Map;

/** Answers what Helidon could not parse as a request; the connection is closed afterwards. */
final class MalformedRequests implements DirectHandler {
    /** What Helidon's header parser says; its only sign of this case. */
    private static final String HEADERS_TOO_LONG = "Header size exceeded";

    private final HttpServerContext context;
    private final HttpCounters counters;
    private final RequestIds requestIds;
    private final ResponseHeaders responseHeaders;

    MalformedRequests(final HttpServerContext context, final HttpCounters counters, final RequestIds requestIds,
        final ResponseHeaders responseHeaders) {
        this.context = context;
        this.counters = counters;
        this.requestIds = requestIds;
        this.responseHeaders = responseHeaders;
    }

    @Override
    public TransportResponse handle(final TransportRequest request, final EventType eventType, final Status status,
        final ServerResponseHeaders headers, final String message) {
        final HttpProblem problem = problem(request, eventType, status, message);
        counters.on(problem.status() == 500 ? HttpEvent.FAULT : HttpEvent.MALFORMED);
        counters.onResponse(HttpCounters.MALFORMED, problem.status());
        context.observer().onResponse(HttpCounters.MALFORMED, problem.status(), 0);
        final ConnectionGuard guard = ConnectionGuard.current();
        if (guard != null) {
            guard.wantLinger();
            guard.enter(ConnectionPhase.RESPONDING, context.limits().responseLimitMs());
        }
        final String requestId = requestIds.next();
        final HttpResponse answer = problem.toResponse(requestId);
        final TransportResponse.Builder response = TransportResponse.builder().status(Status.create(answer.status())).keepAlive(false);
        for (final Map.Entry<String, String> header : responseHeaders.of(answer, requestId).entrySet()) {
            response.header(HeaderNames.create(header.getKey()), header.getValue());
        }
        return response.entity(answer.body()).build();
    }

    private HttpProblem problem(
        final TransportRequest request, final EventType eventType, final Status status, final String message) {
        if (HEADERS_TOO_LONG.equals(message)) {
            return new HttpProblem(431, "headers-too-long", "The headers are too long",
                "all headers together must be at most " + context.limits().headerBytesMax() + " bytes");
        }
        final int code = status == null ? eventType.defaultStatus().code() : status.code();
        return switch (code) {
            case 413 -> HttpProblem.bodyTooLong(context.limits().bodyBytesMax());
            case 414 -> new HttpProblem(414, "target-too-long", "The first line is too long",
                "it must be at most " + context.limits().targetBytesMax() + " bytes");
            case 505 -> new HttpProblem(505, "version-not-supported", "Only HTTP/1.1 is spoken", null);
            case 501 -> new HttpProblem(501, "transfer-encoding-not-supported", "Only chunked bodies are understood", null);
            case 500 -> new HttpProblem(500, "internal", "The server failed", null);
            default -> request.headers().contains(HeaderNames.CONTENT_ENCODING)
                ? new HttpProblem(415, "unsupported-media-type", "The body is encoded", "Content-Encoding, must not be given")
                : new HttpProblem(400, "malformed-request", "The request cannot be understood", null);
        };
    }
}
