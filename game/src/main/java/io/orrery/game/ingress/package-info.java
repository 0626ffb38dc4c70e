/**
 * What clients say: who connects, which commands they send, and when they are gone.
 *
 * <p>Runs on the {@code net-io-*} thread. May import {@code transport}, {@code world.command}, {@code world.entity},
 * {@code World} itself, {@code game.replication} (its inbox alone), {@code telemetry.record}, {@code platform}.
 */
package io.orrery.game.ingress;
