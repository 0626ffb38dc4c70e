/**
 * The inbox of telemetry: fixed-layout samples and the sink that takes them.
 *
 * <p>Called by any producing thread, each with a sink of its own. May import nothing of Orrery but {@code platform}.
 */
package io.orrery.telemetry.record;
