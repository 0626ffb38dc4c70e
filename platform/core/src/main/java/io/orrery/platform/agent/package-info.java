/**
 * Puts agents on threads, and takes a process down in order: the only place that starts threads for the data path.
 *
 * <p>Runs on the launcher's thread; the agents it is given run on threads named {@code <server>-<role>-<index>}. May import nothing of
 * Orrery but {@code platform.config}.
 */
package io.orrery.platform.agent;
