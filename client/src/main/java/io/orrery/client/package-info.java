/**
 * The Java client library: connect, greet, send commands, decode frames, interpolate and predict. What bots and studios' tools use.
 *
 * <p>Runs on the thread that calls {@code doWork}, one for each client; nothing is shared between clients. May import
 * {@code transport.message}, {@code transport.frame}, {@code transport.udp}, {@code transport.netcode} and {@code platform}.
 */
package io.orrery.client;
