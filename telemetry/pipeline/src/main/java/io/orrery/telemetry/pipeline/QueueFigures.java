package io.orrery.telemetry.pipeline;

import java.util.List;

/**
 * How the pipeline itself fares: what it lost is missing in every other figure.
 *
 * @param producers each sink, in the order they were made; unmodifiable.
 * @param lostCount samples lost to a full ring since start, all producers.
 * @param refusedCount impossible samples left out since start: unknown partition, negative duration, slot that went back.
 * @param faultCount failures to write the histogram log or in a snapshot listener, since start.
 */
public record QueueFigures(List<Producer> producers, long lostCount, long refusedCount, long faultCount) {
    static final QueueFigures NONE = new QueueFigures(List.of(), 0, 0, 0);

    /**
     * One sink.
     *
     * @param name as given when it was made.
     * @param lostCount samples lost to a full ring since start.
     * @param pendingCount samples in the ring.
     */
    public record Producer(String name, long lostCount, int pendingCount) {
    }
}
