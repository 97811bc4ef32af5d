package io.wgsd.server;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.server.answer.Responder;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Cookies;
import io.wgsd.server.answer.access.Outsiders;
import io.wgsd.server.answer.access.RateLimiter;
import io.wgsd.server.answer.access.TsigVerifier;
import io.wgsd.server.candidate.HeardSources;
import io.wgsd.server.nat.NatSettings;
import io.wgsd.server.nat.Observer;
import io.wgsd.server.nat.Sample;
import io.wgsd.server.nat.Sighting;
import io.wgsd.server.secondary.NotifyTarget;
import io.wgsd.server.transport.RoleThreads;
import io.wgsd.server.transport.bind.ListenPlan;
import io.wgsd.server.transport.tcp.TcpLimits;
import io.wgsd.server.transport.udp.UdpOptions;
import io.wgsd.server.zone.NamesInUse;
import io.wgsd.server.zone.ReadingAge;
import io.wgsd.server.zone.ZoneSettings;
import io.wgsd.server.zone.ZoneSigning;
import io.wgsd.spi.PeerSource;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * How a registry is run: the values that were set, checked, and the defaults.
 *
 * <p>Only the builder changes it; what is started gets a copy. Not thread-safe.
 */
final class RegistryConfig {

    private static final int MAX_RATE = 1_000_000;
    private static final int MAX_IDENTITY = 64;
    private static final int MAX_UDP_THREADS = 64;
    private static final int DEFAULT_UDP_THREADS = 16;
    /** Changes are to be served at once, as far as reading costs little. */
    private static final Duration SHORTEST_POLL_INTERVAL = Duration.ofMillis(50);
    /** A device that takes long to read is read about once a second at least. */
    private static final Duration LONGEST_POLL_INTERVAL = Duration.ofSeconds(1);

    final PeerSource source;
    final String device;
    final ZoneOptions zone;
    final List<InetSocketAddress> listen = new ArrayList<>();
    final List<IpPrefix> allowed = new ArrayList<>();
    final List<IpPrefix> mayTransfer = new ArrayList<>();
    final List<NotifyTarget> secondaries = new ArrayList<>();
    final Map<TsigKey, Access> keys = new HashMap<>();
    boolean mayEnumerate;

    @Nullable
    ZoneSigner signer;

    VisibilityPolicy visibility = VisibilityPolicy.everyone();
    int responsesPerSecond = 50;
    Duration staleLimit = Duration.ofHours(1);
    byte[] identity = new byte[0];
    boolean serves = true;
    int udpThreads = Math.min(DEFAULT_UDP_THREADS, Runtime.getRuntime().availableProcessors());
    boolean batched = true;
    TcpLimits tcp = TcpLimits.defaults();
    Advertiser advertiser = Advertiser.ofAllPeers();
    RelaySource relays = Map::of;
    Set<IpAddress> deviceAddresses = Set.of();
    PeerNames names = PeerNames.none();
    boolean tellsMembers;
    Optional<Runnable> onNotify = Optional.empty();
    OptionalLong previousSerial = OptionalLong.empty();

    /** Empty for as often as costs little. */
    Optional<Duration> pollInterval = Optional.empty();

    TimeSource clock = TimeSource.system();
    Registry.Listener listener = new Registry.Listener() {};
    ThreadFactory threadFactory = RoleThreads.daemons("wgsd-registry");

    RegistryConfig(PeerSource source, String device, ZoneOptions zone) {
        this.source = Objects.requireNonNull(source, "source");
        this.device = Device.checkName(device);
        this.zone = Objects.requireNonNull(zone, "zone");
    }

    RegistryConfig(RegistryConfig other) {
        this(other.source, other.device, other.zone);
        listen.addAll(other.listen);
        allowed.addAll(other.allowed);
        mayTransfer.addAll(other.mayTransfer);
        secondaries.addAll(other.secondaries);
        keys.putAll(other.keys);
        mayEnumerate = other.mayEnumerate;
        signer = other.signer;
        visibility = other.visibility;
        responsesPerSecond = other.responsesPerSecond;
        staleLimit = other.staleLimit;
        identity = other.identity;
        serves = other.serves;
        udpThreads = other.udpThreads;
        batched = other.batched;
        tcp = other.tcp;
        advertiser = other.advertiser;
        relays = other.relays;
        deviceAddresses = other.deviceAddresses;
        names = other.names;
        tellsMembers = other.tellsMembers;
        onNotify = other.onNotify;
        previousSerial = other.previousSerial;
        pollInterval = other.pollInterval;
        clock = other.clock;
        listener = other.listener;
        threadFactory = other.threadFactory;
    }

    void listen(InetSocketAddress address) {
        if (Objects.requireNonNull(address, "address").isUnresolved()) {
            throw new IllegalArgumentException("listen address must be numeric, was " + address);
        }
        listen.add(address);
        checkedPlan();
    }

    void udpThreads(int value) {
        if (value < 1 || value > MAX_UDP_THREADS) {
            throw new IllegalArgumentException("threads must be 1.." + MAX_UDP_THREADS + ", was " + value);
        }
        udpThreads = value;
    }

    void allowKey(TsigKey key, Access access) {
        Objects.requireNonNull(key, "key");
        boolean taken = keys.keySet().stream()
                .anyMatch(other -> other != key && other.name().equals(key.name()));
        if (taken) {
            throw new IllegalArgumentException("there is another key " + key.name() + " already");
        }
        keys.merge(key, access, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    void signWith(ZoneSigner value) {
        Name signed = Objects.requireNonNull(value, "signWith").keys().get(0).origin();
        if (!signed.equals(zone.names().origin())) {
            throw new IllegalArgumentException("the keys are of the zone " + signed + ", not of "
                    + zone.names().origin());
        }
        signer = value;
    }

    void responsesPerSecond(int value) {
        if (value < 0 || value > MAX_RATE) {
            throw new IllegalArgumentException("responsesPerSecond must be 0.." + MAX_RATE + ", was " + value);
        }
        responsesPerSecond = value;
    }

    void staleLimit(Duration value) {
        if (positive("staleLimit", value).compareTo(ReadingAge.STALE_AFTER) < 0) {
            throw new IllegalArgumentException("staleLimit must be at least " + ReadingAge.STALE_AFTER
                    + ", because a single missed reading would otherwise count as stale, was " + value);
        }
        staleLimit = value;
    }

    void identity(String value) {
        byte[] bytes = Objects.requireNonNull(value, "identity").getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_IDENTITY) {
            throw new IllegalArgumentException(
                    "identity must have at most " + MAX_IDENTITY + " bytes, has " + bytes.length);
        }
        identity = bytes;
    }

    void notifySecondary(InetSocketAddress address, Optional<TsigKey> key) {
        Objects.requireNonNull(address, "address");
        if (address.isUnresolved() || address.getPort() == 0) {
            throw new IllegalArgumentException(
                    "secondary must be a numeric address and a port of 1..65535, was " + address);
        }
        secondaries.add(new NotifyTarget(address, key));
    }

    void previousSerial(long serial) {
        if (serial < 0 || serial > Zone.MAX_SERIAL) {
            throw new IllegalArgumentException("serial must be 0.." + Zone.MAX_SERIAL + ", was " + serial);
        }
        previousSerial = OptionalLong.of(serial);
    }

    void relays(RelaySource value) {
        // The names of all keys are equally long; a zone's name that is too long for them is refused here.
        zone.names().relay(PublicKey.of(new byte[PublicKey.LENGTH]));
        relays = Objects.requireNonNull(value, "relays");
    }

    void pollInterval(Duration value) {
        if (positive("pollInterval", value).compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("pollInterval must be at most a day, was " + value);
        }
        pollInterval = Optional.of(value);
    }

    /** What stays as it is while a registry runs. */
    record Place(String device, Name origin, List<InetSocketAddress> listen, boolean serves) {}

    Place place() {
        return new Place(device, zone.names().origin(), List.copyOf(listen), serves);
    }

    ListenPlan listenPlan() {
        if (!serves && !(listen.isEmpty() && secondaries.isEmpty())) {
            throw new IllegalArgumentException(
                    "a registry that does not serve DNS can have neither addresses nor secondaries");
        }
        return checkedPlan();
    }

    private ListenPlan checkedPlan() {
        return new ListenPlan(device, listen);
    }

    UdpOptions udp() {
        return UdpOptions.ofThisHost(udpThreads, batched);
    }

    Duration shortestPause() {
        return pollInterval.orElse(SHORTEST_POLL_INTERVAL);
    }

    /** Returns how long it waits at most between two readings. */
    Duration longestPause() {
        return pollInterval
                .filter(interval -> interval.compareTo(LONGEST_POLL_INTERVAL) > 0)
                .orElse(LONGEST_POLL_INTERVAL);
    }

    /** Returns what can be changed while a registry runs. */
    Settings settings(LongSupplier nanoClock, HeardSources heard) {
        if (signer != null && !allowed.isEmpty() && !mayEnumerate) {
            throw new IllegalArgumentException("a signed zone can be walked from name to name, so anyone who may"
                    + " look up a key can also list all peers; allow that too, or do not sign");
        }
        if (mayEnumerate && allowed.isEmpty()) {
            throw new IllegalArgumentException(
                    "allowEnumeration needs allow, which is not set; say" + " whom to allow, or leave both");
        }
        Set<String> servers = NamesInUse.ofServers(zone);
        names.asMap().values().stream().filter(servers::contains).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(
                    "a peer cannot have the name " + name + ", which is a name server's in the zone; take another");
        });
        SecureRandom random = new SecureRandom();
        Responder responder = new Responder(
                zone.names(),
                new TsigVerifier(keys),
                new Cookies(clock, random),
                new RateLimiter(responsesPerSecond, nanoClock, random),
                identity,
                onNotify);
        return new Settings(
                responder,
                new ZoneSettings(
                        zone,
                        advertiser,
                        new ZoneSigning(Optional.ofNullable(signer)),
                        relays::heard,
                        new NatSettings(deviceAddresses, () -> sightings(heard)),
                        names,
                        tellsMembers ? Optional.of(visibility.rules()) : Optional.empty()),
                visibility.rules(),
                new Outsiders(allowed, mayEnumerate),
                List.copyOf(mayTransfer),
                staleLimit);
    }

    private Collection<Sighting> sightings(HeardSources heard) {
        Collection<RelaySource.Sighting> latest = relays.sightings();
        heard.heard(latest.stream()
                .map(each -> new HeardSources.Sound(each.peer(), each.source(), each.nanos()))
                .toList());
        return latest.stream()
                .map(each -> new Sighting(
                        each.peer(),
                        new Sample(
                                new Observer(
                                        Set.of(each.observer().address()),
                                        each.observer().port()),
                                each.source(),
                                each.nanos())))
                .toList();
    }

    private static Duration positive(String name, Duration value) {
        if (Objects.requireNonNull(value, name).isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero, was " + value);
        }
        return value;
    }
}
