/**
 * How configuration is read and checked: text with units, ranges, relations, one line for each fault.
 *
 * <p>Runs on the launcher's thread at start. May import nothing of Orrery.
 */
package io.orrery.platform.config;
