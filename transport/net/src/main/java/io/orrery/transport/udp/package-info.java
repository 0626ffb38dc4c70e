/**
 * Datagram sockets: the agent that owns a server's socket, the client, and the group that drives hundreds of clients on one thread.
 *
 * <p>Runs on the {@code net-io-*} threads (clients: on the thread that steps them). May import {@code transport.crypto},
 * {@code transport.netcode}, {@code transport.reliable}, {@code transport.channel} and {@code telemetry.record}.
 */
package io.orrery.transport.udp;
