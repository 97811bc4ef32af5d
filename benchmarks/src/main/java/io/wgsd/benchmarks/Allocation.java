package io.wgsd.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Counts the bytes of the heap that the calling thread takes; what other threads do for it is not counted. */
final class Allocation {

    private static final int TIMES = 9;

    private Allocation() {}

    /** Returns the median of a few times. */
    static long bytes(Trial.Once once) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        double[] bytes = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            long before = threads.getThreadAllocatedBytes(thread);
            once.run();
            bytes[i] = threads.getThreadAllocatedBytes(thread) - before;
        }
        return (long) Samples.of(bytes).median();
    }
}
