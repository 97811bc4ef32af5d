package io.wgsd.benchmarks.tunnels;

import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryAgentBuilder;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.Trigger;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does again and again what the original's client does once: looks the peers up and sets the endpoints that changed,
 * and no more: {@code NaiveClient DEVICE SERVER ZONE MILLISECONDS SEED}.
 */
public final class NaiveClient {

    private NaiveClient() {}

    public static void main(String... arguments) throws IOException {
        long period = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[3]));
        Random random = new Random(Long.parseLong(arguments[4]));
        LockSupport.parkNanos((long) (period * random.nextDouble()));
        try (PeerSource source = PeerSources.open("netlink", PeerSourceOptions.defaults());
                DiscoveryClient client = DiscoveryClient.builder(DnsSdNames.parse(arguments[2]))
                        .server(new InetSocketAddress(arguments[1], 53))
                        .attempts(1)
                        .build()) {
            DiscoveryAgentBuilder agent =
                    DiscoveryAgent.builder(source, arguments[0], client).trigger(Trigger.none());
            while (true) {
                try {
                    agent.runOnce();
                } catch (DiscoveryException e) {
                    System.err.println(e.getMessage());
                }
                LockSupport.parkNanos(period);
            }
        }
    }
}
