/**
 * Protocol-complete bots that walk, measure and check what the server shows them.
 *
 * <p>Runs on one thread for each swarm. May import {@code client} and HdrHistogram.
 */
package io.orrery.perf.bot;
