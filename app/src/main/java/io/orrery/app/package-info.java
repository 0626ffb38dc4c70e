/**
 * The command line: commands, their help, their faults and exit codes, and the seam through which the demo is run.
 *
 * <p>Runs on the main thread. May import every module of Orrery, and picocli.
 */
package io.orrery.app;
