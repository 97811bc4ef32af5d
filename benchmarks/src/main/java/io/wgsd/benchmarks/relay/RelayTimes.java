package io.wgsd.benchmarks.relay;

import io.wgsd.benchmarks.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends packets from one host to another by each way in turns, and prints how many arrive, what that costs, and how long
 * one takes besides a quarter of the relay's rate.
 *
 * <p>Arguments: the namespaces of the left and the right host; the processes of the relay and the TURN server; how many
 * rounds; how many seconds each part takes; the lengths of packets; and how many targets take turns on the right. At the
 * right host's interface, packets of these lengths are counted and dropped.
 */
final class RelayTimes {

    /** A length of its own, so that the right host lets it in. */
    private static final int PROBE = 112;

    private static final int PROBE_AT = 16;
    private static final long PROBE_INTERVAL = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long DRAINED = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int PACED_BURST = 8;
    private static final int MOST_PACKETS = 64;
    private static final int MOST_BYTES = 65_000;
    private static final int PART_OF_RATE = 4;

    private final NetNamespace left;
    private final NetNamespace right;
    private final Map<Way, Long> processes;
    private final long partNanos;
    private final int flows;

    private RelayTimes(NetNamespace left, NetNamespace right, Map<Way, Long> processes, double seconds, int flows) {
        this.left = left;
        this.right = right;
        this.processes = processes;
        this.flows = flows;
        partNanos = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    /** What one way did in one round. */
    record Part(double rate, double nanosPerPacket, double median, double slow) {}

    public static void main(String[] args) throws IOException {
        Map<Way, Long> processes = new EnumMap<>(
                Map.of(Way.RELAY, Long.parseLong(args[2]), Way.TURN, Long.parseLong(args[3]), Way.KERNEL, 0L));
        int rounds = Integer.parseInt(args[4]);
        try (NetNamespace left = NetNamespace.enter(args[0]);
                NetNamespace right = NetNamespace.enter(args[1])) {
            RelayTimes times =
                    new RelayTimes(left, right, processes, Double.parseDouble(args[5]), Integer.parseInt(args[7]));
            for (String length : args[6].split(",")) {
                times.run(rounds, Integer.parseInt(length));
            }
        }
    }

    private void run(int rounds, int length) throws IOException {
        // The first round compiles both programs, and the second one is like all others, but does not count.
        round(length, new ArrayList<>(List.of(Way.values())));
        round(length, new ArrayList<>(List.of(Way.values())));
        Map<Way, List<Part>> parts = new EnumMap<>(Way.class);
        List<Way> turns = new ArrayList<>(List.of(Way.values()));
        for (int i = 0; i < rounds; i++) {
            round(length, turns)
                    .forEach((way, part) ->
                            parts.computeIfAbsent(way, any -> new ArrayList<>()).add(part));
            Collections.reverse(turns);
        }
        System.out.println(new RelayReport(length, parts));
    }

    private Map<Way, Part> round(int length, List<Way> turns) throws IOException {
        Map<Way, double[]> rates = new EnumMap<>(Way.class);
        for (Way way : turns) {
            rates.put(way, rate(way, length));
        }
        long pace = (long) (rates.get(Way.RELAY)[0] / PART_OF_RATE);
        Map<Way, Part> parts = new EnumMap<>(Way.class);
        for (Way way : turns) {
            Samples delays = delays(way, length, pace);
            double[] rate = rates.get(way);
            parts.put(way, new Part(rate[0], rate[1], delays.median(), delays.quantile(0.99)));
        }
        return parts;
    }

    /** Sends as fast as can be; returns packets a second that arrive, and the process's nanoseconds for each. */
    private double[] rate(Way way, int length) throws IOException {
        try (Way.Open open = way.open(left, right, flows)) {
            byte[] many = many(open, length);
            open.left().cutAt(open.packet(length, 0).length);
            long arrivedBefore = arrived();
            long usedBefore = Processor.nanos(processes.get(way));
            long begin = System.nanoTime();
            do {
                open.left().send(many);
            } while (System.nanoTime() - begin < partNanos);
            double seconds = (System.nanoTime() - begin) / 1e9;
            LockSupport.parkNanos(DRAINED);
            double packets = arrived() - arrivedBefore;
            return new double[] {packets / seconds, (Processor.nanos(processes.get(way)) - usedBefore) / packets};
        }
    }

    /** Returns as many packets as fit one call, for one target after the other. */
    private byte[] many(Way.Open open, int length) {
        int each = open.packet(length, 0).length;
        int count = Math.min(MOST_PACKETS, MOST_BYTES / each);
        ByteBuffer many = ByteBuffer.allocate(count * each);
        for (int i = 0; i < count; i++) {
            many.put(open.packet(length, i % flows));
        }
        return many.array();
    }

    /** Sends so many packets a second and probes among them; returns the nanoseconds that probes take. */
    private Samples delays(Way way, int length, long rate) throws IOException {
        try (Way.Open open = way.open(left, right, flows)) {
            List<Long> delays = new ArrayList<>();
            Thread receiver = new Thread(() -> receive(open.rights().get(0), delays), "receiver");
            receiver.start();
            Burst burst = new Burst(open.packet(length, 0));
            byte[] probe = open.packet(PROBE, 0);
            int at = PROBE_AT + probe.length - PROBE;
            long interval = PACED_BURST * TimeUnit.SECONDS.toNanos(1) / rate;
            long begin = System.nanoTime();
            long nextBurst = begin;
            long nextProbe = begin;
            for (long now = begin; now - begin < partNanos; now = System.nanoTime()) {
                if (now >= nextProbe) {
                    nextProbe += PROBE_INTERVAL;
                    ByteBuffer.wrap(probe).putLong(at, System.nanoTime());
                    open.left().send(probe);
                } else if (now >= nextBurst) {
                    nextBurst += interval;
                    burst.send(open.left(), PACED_BURST);
                } else {
                    LockSupport.parkNanos(Math.min(nextBurst, nextProbe) - now);
                }
            }
            // A last one of no time ends the receiver; some may be lost.
            Arrays.fill(probe, at, at + Long.BYTES, (byte) 0);
            while (receiver.isAlive()) {
                open.left().send(probe);
                LockSupport.parkNanos(DRAINED);
            }
            if (delays.isEmpty()) {
                throw new IOException("no probe arrived by " + way.title);
            }
            return Samples.of(delays.stream().mapToDouble(Long::doubleValue).toArray());
        }
    }

    private static void receive(UdpSocket socket, List<Long> delays) {
        ByteBuffer buffer = ByteBuffer.wrap(socket.buffer());
        while (true) {
            int received = socket.receive();
            long now = System.nanoTime();
            long sent = received == PROBE ? buffer.getLong(PROBE_AT) : now;
            if (received < 0 || sent == 0) {
                return;
            }
            if (received == PROBE) {
                delays.add(now - sent);
            }
        }
    }

    /** Returns how many packets have come to the right host's interface. */
    private long arrived() throws IOException {
        return right.call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/dev")).stream()
                .filter(line -> line.strip().startsWith("right:"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[2]))
                .findFirst()
                .orElseThrow());
    }
}
