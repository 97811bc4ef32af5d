package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.codec.AnswerReader;
import io.wgsd.backend.uapi.codec.DeviceDecoder;
import io.wgsd.backend.uapi.codec.KnownPeers;
import io.wgsd.backend.uapi.codec.OwnKeys;
import io.wgsd.backend.uapi.codec.Snapshot;
import io.wgsd.backend.uapi.codec.Wanted;
import io.wgsd.benchmarks.Recording;
import io.wgsd.model.Device;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
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

/** Makes a device of a recorded answer of wireguard-go with 1,000 peers, which comes in pieces as from a socket. */
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class UapiDecoding {

    private static final int PIECE = 64 * 1024;

    @Param({"false", "true"})
    public boolean reusing;

    private final ByteBuffer reply = Recording.uapi();
    private final OwnKeys ownKeys = new OwnKeys();
    private final Instant now = Instant.now();
    private @Nullable Device previous;
    private @Nullable KnownPeers known;

    @Setup
    public void readOnce() throws IOException {
        Device read = decode();
        if (reusing) {
            previous = read;
            known = KnownPeers.NONE;
            decode();
        }
    }

    @Benchmark
    public Device decode() throws IOException {
        try (DeviceDecoder decoder =
                        new DeviceDecoder("wgb1000", ownKeys, now, new Wanted(false, true, previous, known, null));
                AnswerReader answer = new AnswerReader(decoder)) {
            for (int at = 0; at < reply.limit(); at += PIECE) {
                answer.feed(reply.slice(at, Math.min(PIECE, reply.limit() - at)));
            }
            Snapshot read = decoder.snapshot();
            known = known == null ? null : read.known();
            return read.device();
        }
    }
}
