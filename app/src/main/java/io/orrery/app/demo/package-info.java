/**
 * The demo: a game server, its telemetry and the bots in one process, from start to report.
 *
 * <p>Runs on the main thread; the agents it launches have their own. May import every package of Orrery.
 */
package io.orrery.app.demo;
