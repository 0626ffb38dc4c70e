package io.orrery.telemetry.pipeline;

/**
 * What this process takes from its machine.
 *
 * @param cpuTimeNs processor time since the process started, nanoseconds; 0 where the platform does not tell.
 * @param cpuCores processors kept busy over the last interval: 1.5 is one and a half cores.
 * @param cpuRatio the same, of all processors the process may use, 0..1.
 * @param virtualBytes address space.
 * @param physicalBytes resident memory.
 * @param heapUsedBytes Java heap in use, garbage included.
 * @param heapCommittedBytes Java heap held.
 * @param gcCount garbage collections since start, all collectors.
 * @param gcTimeMs milliseconds they took since start.
 */
public record SystemFigures(
    long cpuTimeNs, double cpuCores, double cpuRatio, long virtualBytes, long physicalBytes, long heapUsedBytes, long heapCommittedBytes,
    long gcCount, long gcTimeMs) {

    static final SystemFigures NONE = new SystemFigures(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
