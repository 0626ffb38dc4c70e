/**
 * From tick views to frames: interest, priority, baselines, byte budget.
 *
 * <p>Runs on the {@code replication-*} threads. May import {@code world.view}, {@code transport.frame}, {@code transport.message},
 * {@code game.egress} (the inbox of the stage behind it), {@code telemetry.record}, {@code platform}.
 */
package io.orrery.game.replication;
