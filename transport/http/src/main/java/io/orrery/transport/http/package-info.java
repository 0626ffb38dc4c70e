/**
 * The common face of all HTTPS servers: routes, limits, problem details, health, readiness, metrics, roles and drain. Helidon stays behind
 * it: no type of Helidon is in the public API, so that servers of Orrery import this package alone.
 *
 * <p>Requests run on virtual threads, one per connection; one watching thread closes what is overdue. May import {@code platform},
 * {@code transport.http.json}, {@code transport.http.tls} and Helidon's web server.
 */
package io.orrery.transport.http;
