/**
 * What follows the acknowledgement header of a packet: the channel its message belongs to.
 *
 * <p>Runs on the thread that owns the connection. May import {@code transport.reliable}.
 */
package io.orrery.transport.channel;
