package io.orrery.perf.report;

import java.util.Map;

/** What the flat keys of a summary mean to somebody who reads them for the first time. */
final class FactCatalogue {
    /** Microseconds. */
    private static final String US = "µs";

    private static final Map<String, Entry> ENTRIES = Map.ofEntries(
        entry("duration_s", "Measured time", "s",
            "Length of the plateau, after ramp-up and before the drain; all rates and percentiles are over it."),
        entry("bots_connected", "Bots connected", "",
            "Clients that went all the way in and stayed. Fewer than asked for means refusals or time-outs."),
        entry("violations", "Violations", "", "Times a bot saw the world break one of its rules. Anything but 0 is a bug."),
        entry("partitions", "Partitions", "", "Rectangles of the map, each with a frame loop of its own."),
        entry("fps_min", "Lowest frame rate", "steps/s",
            "Worst second of the worst partition. Below the world's rate by more than one: look at the plot for when."),
        entry("ticks_run", "Ticks run", "", "Steps of all partitions."),
        entry("ticks_due", "Ticks due", "", "Steps there should have been. What is missing was skipped after an overload."),
        entry("tick_p50_us", "Tick, median", US, "Time a usual step takes."),
        entry("tick_p99_us", "Tick, 99th percentile", US, "One step in a hundred takes longer. This is what capacity is planned by."),
        entry("tick_max_us", "Tick, longest", US,
            "Worst single step; a garbage collection or a busy neighbour on the machine shows here first."),
        entry("command_to_frame_p50_us", "Command to frame, median", US,
            "From the moment a command should have been sent to the frame that acknowledges it: what a player feels, without the network."),
        entry("command_to_frame_p99_us", "Command to frame, 99th percentile", US,
            "The same for one command in a hundred. Late sends count in full."),
        entry("bytes_per_client_per_s", "Bytes to each client", "B/s",
            "Line each player needs downwards, packet headers of UDP and IP not counted."),
        entry("packets_per_s_in", "Packets in", "1/s", "Datagrams the server received."),
        entry("packets_per_s_out", "Packets out", "1/s", "Datagrams the server sent."),
        entry("entities", "Entities at the end", "", "Everything in the world, each counted once."),
        entry("handoffs", "Handoffs", "", "Entities that crossed from one partition to another; none may be lost or doubled."),
        entry("allocated_bytes_per_tick", "Allocated per tick", "B", "Garbage a tick makes, on average. 0 is the rule."),
        entry("queue_full", "Queue full", "",
            "Messages lost because a bounded queue was full. Not 0: an inbox is too small or its reader too slow."),
        entry("telemetry_lost", "Telemetry samples lost", "", "Samples missing from every figure here because a telemetry ring was full."),
        entry("startup_ms", "Start-up", "ms", "From the start of the process until every listener was ready."));

    private FactCatalogue() {
    }

    /** Never null: an unknown key explains itself as well as it can. */
    static Entry of(final String key) {
        final Entry known = ENTRIES.get(key);
        return known != null ? known : new Entry(key.replace('_', ' '), unitOf(key), "");
    }

    private static String unitOf(final String key) {
        final int last = key.lastIndexOf('_');
        return switch (last < 0 ? "" : key.substring(last + 1)) {
            case "us" -> US;
            case "ns", "ms", "s", "bytes" -> key.substring(last + 1);
            case "ratio" -> "0..1";
            default -> "";
        };
    }

    private static Map.Entry<String, Entry> entry(final String key, final String label, final String unit, final String howToRead) {
        return Map.entry(key, new Entry(label, unit, howToRead));
    }

    /** Name for people, unit (empty for counts), and how to read the value. */
    record Entry(String label, String unit, String howToRead) {
    }
}
