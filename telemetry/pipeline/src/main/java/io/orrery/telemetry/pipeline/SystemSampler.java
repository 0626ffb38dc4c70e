package io.orrery.telemetry.pipeline;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;

/**
 * Reads what the process takes from its machine: Linux' own {@code /proc/self/status} where it is, the JVM's beans elsewhere.
 *
 * <p>Calling thread: the telemetry agent, once an interval. One read costs about 50 us.
 */
final class SystemSampler {
    private static final int BYTES_PER_KB = 1024;
    private static final Path LINUX_STATUS = Path.of("/proc/self/status");

    private final Path statusFile;
    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();

    private boolean hasSample;
    private long cpuTimeNs;
    private long sampledNs;

    SystemSampler() {
        this(LINUX_STATUS);
    }

    SystemSampler(final Path statusFile) {
        this.statusFile = statusFile;
    }

    SystemFigures sample(final long nowNs) {
        final long newCpuTimeNs = Math.max(0, system.getProcessCpuTime());
        final long elapsedNs = nowNs - sampledNs;
        final double cpuCores = hasSample && elapsedNs > 0 ? (double) (newCpuTimeNs - cpuTimeNs) / elapsedNs : 0;
        hasSample = true;
        cpuTimeNs = newCpuTimeNs;
        sampledNs = nowNs;

        final MemoryUsage heap = memory.getHeapMemoryUsage();
        final String status = readStatus();
        final long virtualBytes = linuxBytes(status, "VmSize:");
        final long physicalBytes = linuxBytes(status, "VmRSS:");
        return new SystemFigures(newCpuTimeNs, cpuCores, Math.clamp(cpuCores / system.getAvailableProcessors(), 0, 1),
            virtualBytes > 0 ? virtualBytes : system.getCommittedVirtualMemorySize(),
            physicalBytes > 0 ? physicalBytes : heap.getCommitted() + memory.getNonHeapMemoryUsage().getCommitted(),
            heap.getUsed(), heap.getCommitted(), gcCount(), gcTimeMs());
    }

    /** Returns 0 if the text has no such line. */
    static long linuxBytes(final String status, final String key) {
        final int start = status.indexOf(key);
        if (start < 0) {
            return 0;
        }
        long kilobytes = 0;
        for (int i = start + key.length(); i < status.length() && status.charAt(i) != '\n'; i++) {
            final char digit = status.charAt(i);
            if (digit >= '0' && digit <= '9') {
                kilobytes = kilobytes * 10 + (digit - '0');
            }
        }
        return kilobytes * BYTES_PER_KB;
    }

    private String readStatus() {
        try {
            return Files.readString(statusFile, StandardCharsets.ISO_8859_1);
        } catch (final IOException notLinux) {
            return "";
        }
    }

    private long gcCount() {
        long count = 0;
        for (final GarbageCollectorMXBean collector : collectors) {
            count += Math.max(0, collector.getCollectionCount());
        }
        return count;
    }

    private long gcTimeMs() {
        long sumMs = 0;
        for (final GarbageCollectorMXBean collector : collectors) {
            sumMs += Math.max(0, collector.getCollectionTime());
        }
        return sumMs;
    }
}
