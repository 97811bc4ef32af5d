package io.wgsd.testkit.contract.support;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's memory outside what the Java runtime manages, as Linux tells it. */
public final class NativeMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int KIBI = 1024;

    private NativeMemory() {}

    public static boolean isKnown() {
        return Files.isReadable(STATUS);
    }

    /** Returns resident bytes that are neither heap nor class data nor compiled code. */
    public static long used() throws IOException {
        // So that direct buffers which nobody uses are freed, and the heap is as large as it has to be.
        System.gc();
        MemoryMXBean managed = ManagementFactory.getMemoryMXBean();
        return resident()
                - managed.getHeapMemoryUsage().getCommitted()
                - managed.getNonHeapMemoryUsage().getCommitted();
    }

    private static long resident() throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * KIBI)
                .findFirst()
                .orElseThrow();
    }
}
