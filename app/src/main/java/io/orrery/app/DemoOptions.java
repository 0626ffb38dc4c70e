package io.orrery.app;

import io.orrery.platform.config.Settings;
import java.nio.file.Path;

/**
 * What the user wants of a demo, read and checked.
 *
 * @param botCount bots that connect, 0 to 2,000.
 * @param npcCount characters that the world moves by itself, 0 to 100,000.
 * @param durationNs nanoseconds from the first bot's connecting to the drain, ramp included; {@link #DURATION_UNTIL_ASKED_NS} for no end.
 * @param rampNs nanoseconds over which the bots' connecting is spread, 0 for all at once.
 * @param seed of the world and of the bots.
 * @param reportFolder folder for the report.
 * @param figuresFile figures file to bring up to date, or null.
 * @param dataFolder folder for what servers keep.
 * @param port UDP port for clients; 0 for a free one.
 * @param metricsPort TCP port on loopback for metrics; 0 for a free one.
 * @param drainLimitMs milliseconds that draining may take before the process is ended.
 * @param isQuiet whether the live line is left out.
 * @param settings all settings, for what has no option of its own.
 */
public record DemoOptions(
    int botCount, int npcCount, long durationNs, long rampNs, long seed, Path reportFolder, Path figuresFile, Path dataFolder, int port,
    int metricsPort,
    long drainLimitMs, boolean isQuiet, Settings settings) {
    /** Duration of a demo that runs until somebody asks it to end. */
    public static final long DURATION_UNTIL_ASKED_NS = 0;
}
