package io.wgsd.benchmarks;

import io.wgsd.backend.netlink.codec.DeviceDecoder;
import io.wgsd.backend.netlink.codec.Messages;
import io.wgsd.model.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Makes a device of a recorded netlink dump of 1,000 peers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class NetlinkDecoding {

    @Param({"false", "true"})
    public boolean reusing;

    private final ByteBuffer dump = Recording.netlink();
    private @Nullable Device previous;

    @Setup
    public void readOnce() throws IOException {
        Device read = decode();
        previous = reusing ? read : null;
    }

    @Benchmark
    public Device decode() throws IOException {
        try (DeviceDecoder decoder = new DeviceDecoder("wgb1000", false, previous)) {
            Messages messages = new Messages(dump);
            while (messages.next() && !messages.isEnd()) {
                decoder.message(messages.payload());
            }
            return decoder.snapshot().device();
        }
    }
}
