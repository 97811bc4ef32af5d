package io.wgsd.benchmarks.servers;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after a change of the device a registry of many peers answers with it, and what that costs the registry.
 *
 * <p>Arguments: how many peers, how many of them change each second, how many change ten times a second each on top of
 * that without being looked at, how many are added at once every ten seconds (and taken away five seconds later),
 * seconds, and the folder of the socket, and where the zone is to be signed one more. Where peers are added at once,
 * one other changes within half a second of that.
 */
final class ChangeTimes {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(20);
    private static final long ROUND = TimeUnit.SECONDS.toNanos(10);

    private final Random random = new Random(7);
    private final List<Advertisement> peers;
    private final List<Advertisement> more;
    private final ChangingDevice device;
    private int next;

    private ChangeTimes(int count, int added) {
        List<Advertisement> all = Peers.of(count + added, Instant.EPOCH);
        peers = all.subList(0, count);
        more = all.subList(count, count + added);
        device = new ChangingDevice(peers);
    }

    public static void main(String[] args) throws IOException {
        ChangeTimes times = new ChangeTimes(Integer.parseInt(args[0]), Integer.parseInt(args[3]));
        Path socket = Path.of(args[5], "wgsdchange.sock");
        times.device.serve(socket);
        try {
            times.run(
                    Integer.parseInt(args[1]),
                    Integer.parseInt(args[2]),
                    TimeUnit.SECONDS.toNanos(Integer.parseInt(args[4])),
                    args.length > 6);
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    private void run(int usualRate, int unruly, long duration, boolean signed) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ChangingRegistry.class.getName()));
        if (signed) {
            command.add("signed");
        }
        Process registry = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader says = registry.inputReader();
                ChangeProbe probe = new ChangeProbe(Integer.parseInt(says.readLine()))) {
            int rate = usualRate;
            long start = System.nanoTime();
            long changeAt = start;
            long unrulyAt = start;
            long addAt = more.isEmpty() ? Long.MAX_VALUE : start + WARM_UP;
            long removeAt = Long.MAX_VALUE;
            String before = "";
            for (long now = start; now - start < WARM_UP + duration; now = System.nanoTime()) {
                if (before.isEmpty() && now - start >= WARM_UP) {
                    before = stats(registry, says);
                    probe.forget();
                }
                if (rate > 0 && now >= changeAt) {
                    change(probe);
                    changeAt += (long) (-Math.log(1 - random.nextDouble()) / rate * 1e9);
                }
                if (unruly > 0 && now >= unrulyAt) {
                    for (int i = 0; i < unruly; i++) {
                        device.move(peers.get(i), anywhere());
                    }
                    unrulyAt += TimeUnit.MILLISECONDS.toNanos(100);
                }
                if (now >= addAt) {
                    device.add(more);
                    removeAt = now + ROUND / 2;
                    addAt = now + ROUND;
                    changeAt = now + (long) (random.nextDouble() * 5e8);
                    rate = 1;
                } else if (!more.isEmpty() && rate == 1 && changeAt > now + ROUND / 4) {
                    rate = 0;
                }
                if (now >= removeAt) {
                    device.remove(more);
                    removeAt = Long.MAX_VALUE;
                }
                probe.ask();
                LockSupport.parkNanos(TICK);
            }
            print(probe.took(), before, stats(registry, says), duration);
        } finally {
            registry.destroy();
        }
    }

    private void change(ChangeProbe probe) {
        // In no order of their keys, and none again before many others.
        next = (next + 7_919) % peers.size();
        Endpoint there = anywhere();
        device.move(peers.get(next), there);
        probe.expect(peers.get(next).publicKey(), there.port());
    }

    private Endpoint anywhere() {
        return Endpoint.parse("203.0.113." + (1 + random.nextInt(250)) + ":" + (1 + random.nextInt(65_000)));
    }

    private static String stats(Process registry, BufferedReader says) throws IOException {
        registry.outputWriter().append('\n').flush();
        return says.readLine();
    }

    private static void print(long[] took, String before, String after, long duration) {
        Arrays.sort(took);
        long[] spent = new long[3];
        for (int i = 0; i < spent.length; i++) {
            spent[i] = Long.parseLong(after.split(" ")[i]) - Long.parseLong(before.split(" ")[i]);
        }
        System.out.printf(
                Locale.ROOT,
                "%d changes seen after p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, max %.0f ms; %.1f readings a second, of which each took"
                        + " %.1f ms of a processor with all that follows from it: %.1f %%; the whole process took %.1f %%%n",
                took.length,
                at(took, 0.5),
                at(took, 0.9),
                at(took, 0.99),
                at(took, 1),
                spent[2] * 1e9 / duration,
                spent[1] / 1e6 / spent[2],
                spent[1] * 100.0 / duration,
                spent[0] * 100.0 / duration);
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)] / 1e6;
    }
}
