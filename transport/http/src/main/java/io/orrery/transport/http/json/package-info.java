/**
 * Strict JSON of requests and responses: bounded in length and depth, no unknown or doubled field, one line for each fault.
 *
 * <p>Runs on the virtual thread of a request. May import {@code platform.config} and Jackson's core.
 */
package io.orrery.transport.http.json;
