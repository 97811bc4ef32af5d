package io.wgsd.command.member;

import io.wgsd.command.follow.ZoneServer;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the first session of a new host with a registry, which begins once the network's owner has added the host.
 *
 * <p>WireGuard sends an initiation every 5 s (REKEY_TIMEOUT). For the first ten minutes the registries' peers are
 * restarted every second, so that the host is in the network as soon as it may be: none of them had a session ever, so
 * that none can be lost.
 */
final class FirstContact {

    private static final long LOOK_MILLIS = 200;
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long HURRY_NANOS = Duration.ofMinutes(10).toNanos();

    private final PeerSource source;
    private final String device;
    private final List<ZoneServer> servers;
    private final boolean restarts;

    FirstContact(PeerSource source, String device, List<ZoneServer> servers, boolean restarts) {
        this.source = source;
        this.device = device;
        this.servers = servers;
        this.restarts = restarts;
    }

    /** Returns once there was a session with a registry, or where no peer is the way to one. */
    void await() throws InterruptedException {
        Set<IpAddress> registries = new TreeSet<>();
        for (ZoneServer server : servers) {
            try {
                registries.add(IpAddress.of(server.address().find().getAddress()));
            } catch (IOException e) {
                // Nobody knows yet which peer it is.
                return;
            }
        }
        long begun = System.nanoTime();
        long restartedAt = begun - RESTART_NANOS;
        while (true) {
            long now = System.nanoTime();
            try {
                Set<PublicKey> silent = silent(source.read(device), registries);
                if (silent.isEmpty()) {
                    return;
                }
                if (restarts && now - begun < HURRY_NANOS && now - restartedAt >= RESTART_NANOS) {
                    restartedAt = now;
                    DeviceChange.Builder change = DeviceChange.builder();
                    silent.forEach(peer -> change.peer(peer).restart());
                    source.apply(device, change.build());
                }
            } catch (WireGuardException e) {
                // The device comes later, or cannot restart a peer, and then WireGuard's own pace has to do.
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    /** Returns the registries' peers, none of which had a session ever; empty where one had, or there are none. */
    static Set<PublicKey> silent(Device device, Set<IpAddress> registries) {
        CryptokeyRouting routing = CryptokeyRouting.of(device);
        Set<PublicKey> silent = new TreeSet<>();
        for (IpAddress registry : registries) {
            Optional<Peer> peer = routing.route(registry).flatMap(device::peer);
            if (peer.isPresent()) {
                if (peer.get().statistics().latestHandshake().isPresent()) {
                    return Set.of();
                }
                silent.add(peer.get().publicKey());
            }
        }
        return silent;
    }
}
