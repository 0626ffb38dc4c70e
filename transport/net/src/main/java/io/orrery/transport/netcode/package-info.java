/**
 * The netcode 1.02 standard: connect tokens, packets, and the state machines of a server and of a client, above any datagram port.
 *
 * <p>Runs on the {@code net-io-*} thread that owns the socket (clients: on the thread that owns the client). May import
 * {@code transport.crypto}, {@code transport.token} and {@code platform}; knows no socket, no channel and no acknowledgement.
 */
package io.orrery.transport.netcode;
