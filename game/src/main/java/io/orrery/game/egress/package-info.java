/**
 * The last stage before the transport: finished frames, and the words that end a conversation, wait here for the network thread.
 *
 * <p>{@code EgressInbox} is written by a replication thread and drained by {@code EgressAgent} on the {@code net-io-*} thread. May import
 * {@code transport}, {@code platform}.
 */
package io.orrery.game.egress;
