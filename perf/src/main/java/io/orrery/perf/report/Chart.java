package io.orrery.perf.report;

/**
 * A plot over time that one or more series share.
 *
 * @param title above the plot.
 * @param unit of the vertical axis; empty for counts.
 * @param howToRead one sentence for somebody who sees it for the first time.
 */
public record Chart(String title, String unit, String howToRead) {
    /** Steps per second. */
    public static final Chart FPS = new Chart("Frame rate of the partitions", "steps/s",
        "Should be a flat line at the world's rate. A dip of the minimum alone is one slow partition.");
    /** Tick duration. */
    public static final Chart TICK = new Chart("Tick duration", "ms",
        "Time one step of a partition took. Must stay well below the period, 50 ms at 20 Hz.");
    /** Command to frame. */
    public static final Chart COMMAND_TO_FRAME = new Chart("Command to frame", "ms",
        "From the moment a bot meant to send a command to the frame that acknowledges it. About one and a half periods is normal.");
    /** Bytes to each client. */
    public static final Chart BYTES_PER_CLIENT = new Chart("Bytes to each client", "B/s",
        "What one player's line carries downwards; rises with the number of entities in view that move.");
    /** Datagrams. */
    public static final Chart PACKETS = new Chart("Packets", "1/s",
        "Datagrams the server received and sent. In and out should run in parallel.");
    /** Objects and users. */
    public static final Chart OBJECTS = new Chart("Objects in the world", "",
        "Everything the world holds, each counted once, across handoffs too.");
    /** Processor. */
    public static final Chart CPU = new Chart("Processor", "cores",
        "Processors kept busy by the whole process; in the demo bots included.");
    /** Memory. */
    public static final Chart MEMORY = new Chart("Memory", "MiB",
        "Resident memory should be flat after ramp-up; the heap is a saw whose lows must not rise.");
}
