package io.wgsd.benchmarks.servers;

import com.sun.management.OperatingSystemMXBean;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The registry of {@link ChangeTimes}, in a process of its own: prints its port, and for each line it reads the
 * processor time that the process and its reading thread took so far, in nanoseconds, and how often the device was
 * read. With an argument the zone is signed.
 */
final class ChangingRegistry {

    private ChangingRegistry() {}

    public static void main(String[] args) throws IOException {
        AtomicLong reader = new AtomicLong();
        DnsSdNames names = DnsSdNames.parse("example.com");
        try (PeerSource source = PeerSources.open("uapi", PeerSourceOptions.defaults());
                Registry registry = builder(source, names, args.length > 0)
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .listener(new Registry.Listener() {
                            @Override
                            public void ready(List<InetSocketAddress> addresses) {
                                reader.set(Thread.currentThread().getId());
                                System.out.println(addresses.get(0).getPort());
                            }
                        })
                        .start()) {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            while (System.in.read() > 0) {
                System.out.println(process.getProcessCpuTime() + " " + threads.getThreadCpuTime(reader.get()) + " "
                        + registry.stats().polls());
            }
        }
    }

    private static RegistryBuilder builder(PeerSource source, DnsSdNames names, boolean signed) {
        RegistryBuilder builder = Registry.builder(
                source, "wgsdchange", ZoneOptions.builder(names).build());
        return signed
                ? builder.signWith(
                        new ZoneSigner(List.of(SigningKey.generate(names, SigningAlgorithm.ECDSA_P256, Instant.now()))))
                : builder;
    }
}
