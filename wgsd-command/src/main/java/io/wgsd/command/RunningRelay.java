package io.wgsd.command;

import io.wgsd.command.log.Log;
import io.wgsd.command.options.RelaySettings;
import io.wgsd.command.relay.HeardMembers;
import io.wgsd.command.relay.RelayTls;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.micrometer.families.RelayReading;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.Relay;
import io.wgsd.relay.RelayBuilder;
import io.wgsd.relay.RelayMembers;
import io.wgsd.server.RelaySource;
import io.wgsd.server.VisibilityPolicy;
import io.wgsd.spi.DeviceWatcher;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A registry's relay, whose members are the device's peers, and what the registry announces of it. Thread-safe. */
final class RunningRelay implements RelaySource, AutoCloseable {

    /** How soon a peer that was added to the device may use the relay. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Relay relay;
    private final RelayTls tls;
    private final DeviceWatcher watcher;
    private final HeardMembers members;
    private final Follower follower;

    private RunningRelay(Relay relay, RelayTls tls, DeviceWatcher watcher, HeardMembers members, Follower follower) {
        this.relay = relay;
        this.tls = tls;
        this.watcher = watcher;
        this.members = members;
        this.follower = follower;
    }

    static RunningRelay start(
            PeerSource source, Device first, RelaySettings settings, VisibilityPolicy visibility, Log log)
            throws IOException {
        HeardMembers members;
        Relay relay;
        try (SecretKey key = settings.key()) {
            members = new HeardMembers(new RelayAdvertisement(key.publicKey(), settings.endpoints()), log);
            RelayBuilder builder = Relay.builder(key, membersOf(first, visibility))
                    .store(settings.store())
                    .listener(members);
            for (Endpoint endpoint : settings.endpoints()) {
                builder.listen(endpoint.toSocketAddress());
            }
            relay = builder.start();
        }
        log.info("relay at " + settings.endpoints().get(0) + " with the key " + relay.publicKey());
        Follower follower = new Follower(relay, visibility, log);
        follower.listens(first);
        RelayTls tls;
        try {
            tls = RelayTls.start(relay, settings, Optional.of(follower::deviceAddress), log);
        } catch (IOException | RuntimeException e) {
            relay.close();
            throw e;
        }
        DeviceWatcher watcher = DeviceWatcher.builder(source, first.name(), follower)
                .interval(INTERVAL)
                .longestInterval(INTERVAL)
                .start();
        return new RunningRelay(relay, tls, watcher, members, follower);
    }

    /** Lets members reach those alone that they may see from now on. */
    void setVisibility(VisibilityPolicy visibility) {
        follower.setVisibility(visibility);
    }

    @Override
    public Map<RelayAdvertisement, Set<PublicKey>> heard() {
        return members.heard();
    }

    /** Returns how the relay is now. */
    RelayReading reading() {
        return RelayReading.of(relay);
    }

    @Override
    public Collection<Sighting> sightings() {
        return relay.sightings().stream()
                .map(each -> new Sighting(each.member(), each.at(), each.source(), each.nanos()))
                .toList();
    }

    @Override
    public void close() {
        watcher.close();
        tls.close();
        relay.close();
    }

    private static RelayMembers membersOf(Device device, VisibilityPolicy visibility) {
        return RelayMembers.of(device.peers().stream().map(Peer::publicKey).toList())
                .withPolicy(visibility::sees);
    }

    /** Makes the device's peers the relay's members; the registry reports where the device cannot be read. */
    private static final class Follower implements DeviceWatcher.Listener {

        private final Relay relay;
        private final Log log;
        private VisibilityPolicy visibility;
        private volatile int listenPort;

        Follower(Relay relay, VisibilityPolicy visibility, Log log) {
            this.relay = relay;
            this.visibility = visibility;
            this.log = log;
        }

        void listens(Device device) {
            listenPort = device.listenPort();
        }

        /** Returns where the device itself listens: at all addresses of this host. */
        InetSocketAddress deviceAddress() {
            return new InetSocketAddress(listenPort);
        }

        synchronized void setVisibility(VisibilityPolicy next) {
            visibility = next;
            relay.replaceMembers(relay.members().withPolicy(next::sees));
        }

        @Override
        public synchronized void read(Optional<Device> previous, Device device, DeviceDifference difference) {
            listens(device);
            List<PublicKey> keys = device.peers().stream().map(Peer::publicKey).toList();
            if (keys.size() > RelayMembers.MAX) {
                if (previous.isEmpty() || previous.get().peers().size() <= RelayMembers.MAX) {
                    log.warn("the relay has at most " + RelayMembers.MAX + " members, but the device has " + keys.size()
                            + " peers; the members stay as they were");
                }
            } else if (!relay.members().keys().equals(keys)) {
                relay.replaceMembers(RelayMembers.of(keys).withPolicy(visibility::sees));
            }
        }

        @Override
        public void failed(WireGuardException error, int failuresInARow) {}
    }
}
