package io.orrery.transport.http;

/** Says whether one part of a server can do its work. Called by virtual threads for each readiness request: it must not block. */
public interface HealthCheck {
    /**
     * Looks at the part.
     *
     * @return its state; an exception counts as down.
     */
    HealthState check();
}
