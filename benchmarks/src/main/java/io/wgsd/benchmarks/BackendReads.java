package io.wgsd.benchmarks;

import io.wgsd.benchmarks.Case.Action;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads devices, and changes one endpoint of them, by backends of this library and by {@code wg}, and prints tables.
 *
 * <p>{@code BackendReads ROUNDS WARM-UP-SECONDS BACKEND,... DEVICE=PEERS...}: the devices exist, in ascending order of
 * peers, and are filled here. A backend that this class path does not have, or that cannot work here, is left out with
 * a word on standard error; the first one fills.
 */
public final class BackendReads {

    private static final PeerSourceOptions PATIENT =
            PeerSourceOptions.defaults().withTimeout(Duration.ofMinutes(5));

    private final Map<String, PeerSource> sources = new LinkedHashMap<>();
    private final List<BenchDevice> devices = new ArrayList<>();
    private final List<Trial> trials = new ArrayList<>();
    private final Map<Case, Trial.Once> readings = new LinkedHashMap<>();

    private BackendReads() {}

    public static void main(String... arguments) throws IOException {
        BackendReads benchmark = new BackendReads();
        benchmark.open(arguments[2].split(","));
        Stream.of(arguments)
                .skip(3)
                .map(argument -> argument.split("=", 2))
                .forEach(device -> benchmark.devices.add(new BenchDevice(device[0], Integer.parseInt(device[1]))));
        Rounds rounds = new Rounds(Integer.parseInt(arguments[0]), Duration.ofSeconds(Integer.parseInt(arguments[1])));
        System.out.print(benchmark.run(rounds));
    }

    private void open(String... backends) {
        for (String backend : backends) {
            try {
                sources.put(backend, PeerSources.open(backend, PATIENT));
            } catch (IOException e) {
                System.err.println("without " + backend + ": " + e.getMessage());
            }
        }
    }

    private Report run(Rounds rounds) throws IOException {
        try (Shell shell = Shell.start()) {
            PeerSource filler = sources.values().iterator().next();
            for (BenchDevice device : devices) {
                device.fill(filler);
                wg(shell, device);
                for (Map.Entry<String, PeerSource> backend : sources.entrySet()) {
                    library(backend.getKey(), backend.getValue(), device);
                }
            }
            trials.add(new Trial(new Case(Case.WG, Action.START, 0), times -> shell.nanos(times, "wg --version")));
            Map<Case, Samples> nanos = rounds.run(trials);
            Map<Case, Long> bytes = new LinkedHashMap<>();
            for (Map.Entry<Case, Trial.Once> reading : readings.entrySet()) {
                bytes.put(reading.getKey(), Allocation.bytes(reading.getValue()));
            }
            List<Integer> sizes = devices.stream().map(BenchDevice::peers).toList();
            return new Report(nanos, bytes, List.copyOf(sources.keySet()), sizes);
        } finally {
            sources.values().forEach(PeerSource::close);
        }
    }

    private void wg(Shell shell, BenchDevice device) {
        String dump = "wg show " + device.name() + " dump";
        trials.add(new Trial(new Case(Case.WG, Action.READ, device.peers()), times -> shell.nanos(times, dump)));
        String set = "wg set " + device.name() + " peer " + device.middle() + " endpoint 198.18.0.0:5182";
        int[] port = new int[1];
        trials.add(new Trial(
                new Case(Case.WG, Action.CHANGE_ENDPOINT, device.peers()),
                times -> shell.nanos(times, set + ++port[0] % 2)));
    }

    private void library(String backend, PeerSource source, BenchDevice device) throws IOException {
        reading(new Case(backend, Action.READ, device.peers()), new Reader(source, device)::read);
        reading(new Case(backend, Action.REREAD, device.peers()), new Reader(source, device)::reread);
        trials.add(Trial.inProcess(
                new Case(backend, Action.CHANGE_ENDPOINT, device.peers()), () -> device.changeEndpoint(source)));
    }

    private void reading(Case what, Trial.Once once) {
        readings.put(what, once);
        trials.add(Trial.inProcess(what, once));
    }
}
