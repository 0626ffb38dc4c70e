package io.orrery.transport.http;

/** Answers the requests of one route, on a virtual thread: blocking is welcome, shared state is not. */
public interface HttpHandler {
    /**
     * Answers a request.
     *
     * @param request complete, with its body; valid inside the call only.
     * @return the answer.
     * @throws HttpProblem to refuse; anything else that is thrown is recorded as a fault and answered with 500.
     */
    HttpResponse onRequest(HttpRequest request);
}
