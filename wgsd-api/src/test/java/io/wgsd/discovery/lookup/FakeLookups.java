package io.wgsd.discovery.lookup;

import io.wgsd.discovery.Samples;
import io.wgsd.discovery.exchange.Asker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Look-ups of the sample zone whose answers come from a fake. */
public final class FakeLookups {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private FakeLookups() {}

    public static Lookups of(InetSocketAddress server, Asker asker) {
        return of(server, asker, TIMEOUT);
    }

    public static Lookups of(InetSocketAddress server, Asker asker, Duration timeout) {
        return Lookups.through(
                asker,
                new Lookups.Options(
                        Samples.NAMES,
                        List.of(server),
                        Optional.empty(),
                        List.of(),
                        timeout,
                        Duration.ofSeconds(30),
                        3,
                        256,
                        task -> {
                            throw new AssertionError("a fake needs no thread");
                        }));
    }
}
