/**
 * What a connect token tells the game server about its bearer: the 256 bytes of user data.
 *
 * <p>Runs where tokens are minted (lobby, demo) and where connections are accepted (game, network thread). May import Agrona only.
 */
package io.orrery.transport.token;
