/**
 * The reliable 1.0 framing inside netcode payloads: sequences and acknowledgements. Nothing is sent twice here; channels decide that.
 *
 * <p>Runs on the thread that owns the connection. May import the JDK and Agrona, nothing of Orrery.
 */
package io.orrery.transport.reliable;
