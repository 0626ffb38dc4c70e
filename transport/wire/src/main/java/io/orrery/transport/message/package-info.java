/**
 * Messages between clients and the game server: the protocol's constants here, flyweights in {@code codec},
 * generated from {@code sbe/orrery-messages.xml}.
 *
 * <p>Runs on whichever thread encodes or decodes; flyweights are not shared. May import Agrona only.
 */
package io.orrery.transport.message;
