/**
 * Faults of a running server: counted first, then each distinct one recorded once.
 *
 * <p>Called by any thread, tick threads too: lock-free, never throws. May import nothing of Orrery.
 */
package io.orrery.platform.error;
