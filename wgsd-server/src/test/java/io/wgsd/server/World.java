package io.wgsd.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Zone;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/** A registry over a WireGuard in memory, on this host's loopback, and its clients. */
final class World implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
    final PeerSource source = wireGuard.source();
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Registry> registries = new ArrayList<>();

    World() {
        wireGuard.create("wg0");
    }

    Registry start() throws IOException {
        return start(builder());
    }

    Registry start(RegistryBuilder builder) throws IOException {
        Registry registry = builder.start();
        registries.add(registry);
        return registry;
    }

    RegistryBuilder builder() {
        ThreadFactory recording = task -> {
            Thread thread = new Thread(task);
            threads.add(thread);
            return thread;
        };
        return Registry.builder(source, "wg0", Samples.OPTIONS)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .pollInterval(Duration.ofMillis(20))
                .threadFactory(recording)
                .listener(new Recorder());
    }

    void setPeer(PublicKey key, Endpoint endpoint) throws WireGuardException {
        source.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(key)
                        .endpoint(endpoint)
                        .addAllowedIp(IpPrefix.parse("10.0.0.1/32"))
                        .build());
    }

    static Message ask(Registry registry, Name name, int type) {
        return ask(registry, name, type, false);
    }

    static Message ask(Registry registry, Name name, int type, boolean tcp) {
        try {
            SimpleResolver resolver =
                    new SimpleResolver(registry.localAddresses().get(0));
            resolver.setTimeout(PATIENCE);
            resolver.setTCP(tcp);
            return resolver.send(Message.newQuery(Record.newRecord(name, type, DClass.IN)));
        } catch (IOException e) {
            throw new UncheckedIOException("no answer", e);
        }
    }

    /** Returns the data of the first answer; empty where there is none. */
    static String data(Registry registry, Name name, int type) {
        List<Record> answers = ask(registry, name, type).getSection(Section.ANSWER);
        return answers.isEmpty() ? "" : answers.get(0).rdataToString();
    }

    String nextEvent() throws InterruptedException {
        String event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(event).as("event").isNotNull();
        return event;
    }

    void awaitEvent(String beginning) throws InterruptedException {
        while (!nextEvent().startsWith(beginning)) {
            // Others may come first.
        }
    }

    static <E extends Exception> void await(Await.Condition<E> condition) throws E {
        Await.until("what the test expects", PATIENCE, condition);
    }

    @Override
    public void close() {
        registries.forEach(Registry::close);
        source.close();
    }

    private final class Recorder implements Registry.Listener {

        @Override
        public void ready(List<InetSocketAddress> addresses) {
            events.add("ready at " + addresses.size());
        }

        @Override
        public void zoneChanged(Optional<Zone> previous, Zone current) {
            events.add(
                    previous.isEmpty()
                            ? "first zone"
                            : "zone after " + previous.get().serial());
        }

        @Override
        public void readingFailed(WireGuardException error, int failuresInARow) {
            events.add("failed: " + error.getMessage());
        }
    }
}
