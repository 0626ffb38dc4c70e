/**
 * The game server put together: its configuration, its agents, its start and its end.
 *
 * <p>Runs on the launcher's thread; the agents it hands out run where the arrangement says. May import every package of {@code game},
 * {@code world}, {@code transport}, {@code telemetry} and {@code platform}.
 */
package io.orrery.game.node;
