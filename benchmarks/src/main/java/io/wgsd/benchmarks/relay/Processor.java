package io.wgsd.benchmarks.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process has used of the processors, all its threads together (/proc/PID/task/TID/schedstat). */
final class Processor {

    private Processor() {}

    /** Returns the time in nanoseconds; 0 for the process 0, which is none. */
    static long nanos(long pid) throws IOException {
        if (pid == 0) {
            return 0;
        }
        List<Path> tasks;
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/task"))) {
            tasks = all.toList();
        }
        long sum = 0;
        for (Path task : tasks) {
            sum += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
        }
        return sum;
    }
}
