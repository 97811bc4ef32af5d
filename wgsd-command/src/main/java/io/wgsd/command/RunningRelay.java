package io.wgsd.command;

import io.wgsd.command.options.RelaySettings;
import io.wgsd.command.output.RegistryReporter;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.Relay;
import io.wgsd.relay.RelayBuilder;
import io.wgsd.relay.RelayListener;
import io.wgsd.relay.RelayMembers;
import io.wgsd.server.RelaySource;
import io.wgsd.server.VisibilityPolicy;
import io.wgsd.spi.DeviceWatcher;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A registry's relay, whose members are the device's peers, and what the registry announces of it. Thread-safe. */
final class RunningRelay implements RelaySource, AutoCloseable {

    /** How soon a peer that was added to the device may use the relay. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Relay relay;
    private final DeviceWatcher watcher;
    private final RelayAdvertisement advertisement;
    private final Members members;
    private final Follower follower;
    private volatile Map<RelayAdvertisement, Set<PublicKey>> heard;

    private RunningRelay(
            Relay relay, DeviceWatcher watcher, RelayAdvertisement advertisement, Members members, Follower follower) {
        this.relay = relay;
        this.watcher = watcher;
        this.advertisement = advertisement;
        this.members = members;
        this.follower = follower;
        heard = Map.of(advertisement, Set.of());
    }

    static RunningRelay start(
            PeerSource source,
            Device first,
            RelaySettings settings,
            VisibilityPolicy visibility,
            Consumer<String> report)
            throws IOException {
        Members members = new Members(report);
        RelayAdvertisement advertisement;
        Relay relay;
        try (SecretKey key = settings.key()) {
            advertisement = new RelayAdvertisement(key.publicKey(), settings.endpoints());
            RelayBuilder builder = Relay.builder(key, membersOf(first, visibility))
                    .store(settings.store())
                    .listener(members);
            for (Endpoint endpoint : settings.endpoints()) {
                builder.listen(endpoint.toSocketAddress());
            }
            relay = builder.start();
        }
        report.accept("relay at " + settings.endpoints().get(0) + " with the key " + relay.publicKey());
        Follower follower = new Follower(relay, visibility, report);
        DeviceWatcher watcher = DeviceWatcher.builder(source, first.name(), follower)
                .interval(INTERVAL)
                .longestInterval(INTERVAL)
                .start();
        return new RunningRelay(relay, watcher, advertisement, members, follower);
    }

    /** Lets members reach those alone that they may see from now on. */
    void setVisibility(VisibilityPolicy visibility) {
        follower.setVisibility(visibility);
    }

    @Override
    public Map<RelayAdvertisement, Set<PublicKey>> heard() {
        if (members.changed.getAndSet(false)) {
            heard = Map.of(advertisement, Set.copyOf(members.attached));
        }
        return heard;
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
        relay.close();
    }

    private static RelayMembers membersOf(Device device, VisibilityPolicy visibility) {
        return RelayMembers.of(device.peers().stream().map(Peer::publicKey).toList())
                .withPolicy(visibility::sees);
    }

    /** Follows the members as they come and go. */
    private static final class Members implements RelayListener {

        private final Consumer<String> report;
        private final Set<PublicKey> attached = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean changed = new AtomicBoolean();

        Members(Consumer<String> report) {
            this.report = report;
        }

        @Override
        public void attached(PublicKey member, Endpoint endpoint) {
            attached.add(member);
            changed.set(true);
        }

        @Override
        public void detached(PublicKey member) {
            attached.remove(member);
            changed.set(true);
        }

        @Override
        public void problem(String line) {
            report.accept(line);
        }

        @Override
        public void ended(Throwable error) {
            RegistryReporter.end("the relay", error);
        }
    }

    /** Makes the device's peers the relay's members; the registry reports where the device cannot be read. */
    private static final class Follower implements DeviceWatcher.Listener {

        private final Relay relay;
        private final Consumer<String> report;
        private VisibilityPolicy visibility;

        Follower(Relay relay, VisibilityPolicy visibility, Consumer<String> report) {
            this.relay = relay;
            this.visibility = visibility;
            this.report = report;
        }

        synchronized void setVisibility(VisibilityPolicy next) {
            visibility = next;
            relay.replaceMembers(relay.members().withPolicy(next::sees));
        }

        @Override
        public synchronized void read(Optional<Device> previous, Device device, DeviceDifference difference) {
            List<PublicKey> keys = device.peers().stream().map(Peer::publicKey).toList();
            if (keys.size() > RelayMembers.MAX) {
                if (previous.isEmpty() || previous.get().peers().size() <= RelayMembers.MAX) {
                    report.accept("the relay has at most " + RelayMembers.MAX + " members, but the device has "
                            + keys.size() + " peers; the members stay as they were");
                }
            } else if (!relay.members().keys().equals(keys)) {
                relay.replaceMembers(RelayMembers.of(keys).withPolicy(visibility::sees));
            }
        }

        @Override
        public void failed(WireGuardException error, int failuresInARow) {}
    }
}
