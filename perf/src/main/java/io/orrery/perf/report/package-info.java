/**
 * What remains of a run: the report folder of the demo, the load harness and the soak; figures files and the page of benchmarks made of
 * them.
 *
 * <p>Runs on the launcher's thread when a run is over. May import {@code platform}, HdrHistogram and Jackson's streaming core, nothing else
 * of Orrery: what it writes is handed to it.
 */
package io.orrery.perf.report;
