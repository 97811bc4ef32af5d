package io.wgsd.server;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.model.Device;
import io.wgsd.model.IpPrefix;
import io.wgsd.server.answer.Responder;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Cookies;
import io.wgsd.server.answer.access.Keyring;
import io.wgsd.server.answer.access.Outsiders;
import io.wgsd.server.answer.access.RateLimiter;
import io.wgsd.server.secondary.Notifier;
import io.wgsd.server.secondary.NotifyTarget;
import io.wgsd.server.transport.RoleThreads;
import io.wgsd.server.transport.bind.ListenPlan;
import io.wgsd.server.transport.bind.Listening;
import io.wgsd.server.transport.tcp.TcpLimits;
import io.wgsd.server.transport.udp.UdpOptions;
import io.wgsd.server.zone.ReadingAge;
import io.wgsd.server.zone.ZoneSettings;
import io.wgsd.server.zone.ZoneSignatures;
import io.wgsd.spi.DeviceWatcher;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Gathers how a registry is run; not thread-safe. */
public final class RegistryBuilder {

    private static final int MAX_RATE = 1_000_000;
    private static final int MAX_IDENTITY = 64;
    private static final int MOST_UDP_THREADS = 16;

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
    boolean listens = true;
    int udpThreads = Math.min(MOST_UDP_THREADS, Runtime.getRuntime().availableProcessors());
    boolean batched = true;
    TcpLimits tcp = TcpLimits.defaults();
    Advertiser advertiser = Advertiser.ofAllPeers();
    OptionalLong previousSerial = OptionalLong.empty();
    /** A change is to be told of at once, as far as looking costs little. */
    private static final Duration SHORTEST_POLL_INTERVAL = Duration.ofMillis(50);
    /** A device that takes long to read is read about once a second at least. */
    private static final Duration LONGEST_POLL_INTERVAL = Duration.ofSeconds(1);

    /** Empty for as often as costs little. */
    Optional<Duration> pollInterval = Optional.empty();

    InstantSource clock = InstantSource.system();
    Registry.Listener listener = new Registry.Listener() {};
    ThreadFactory threads = RoleThreads.daemons("wgsd-registry");

    RegistryBuilder(PeerSource source, String device, ZoneOptions zone) {
        this.source = Objects.requireNonNull(source, "source");
        this.device = Device.checkName(device);
        this.zone = Objects.requireNonNull(zone, "zone");
    }

    /**
     * Adds an address to listen at, in place of the device's own.
     *
     * @param address an address of this host and a port, where 0 takes any; {@code 0.0.0.0} means all IPv4 addresses of
     *     this host, each with a socket of its own, as they come and go, and {@code ::} those of both families
     * @return this
     * @throws IllegalArgumentException if the address is a name that was not resolved, or IPv6 and link-local without its link
     */
    public RegistryBuilder listen(InetSocketAddress address) {
        Objects.requireNonNull(address, "address");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("listen address must be numeric, was " + address);
        }
        listen.add(address);
        plan();
        return this;
    }

    /**
     * Has the registry answer nobody: it only makes zones, which {@link Registry.Listener#zoneChanged} hands on, as to a {@link
     * io.wgsd.publish.Publisher}.
     *
     * @return this
     */
    public RegistryBuilder listenNowhere() {
        listens = false;
        return this;
    }

    /**
     * Says how many threads answer by UDP, each with sockets of its own among which the system shares out the askers.
     *
     * <p>By default as many as there are processors, but at most 16. Where the system cannot share a port among sockets it is
     * one.
     *
     * @param threads 1 to 64
     * @return this
     * @throws IllegalArgumentException if it is another number
     */
    public RegistryBuilder udpThreads(int threads) {
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads must be 1..64, was " + threads);
        }
        udpThreads = threads;
        return this;
    }

    /**
     * Says whether many datagrams are received and sent with one system call: on 64-bit Linux, where JNA is there and may load
     * native code; elsewhere they are served one by one, as with {@code false}.
     *
     * @param value true by default
     * @return this
     */
    public RegistryBuilder batchedUdp(boolean value) {
        batched = value;
        return this;
    }

    /**
     * Lets others than this host and the peers ask for a key that they know; everyone else is refused.
     *
     * @param prefixes where they may come from; {@code 0.0.0.0/0} and {@code ::/0} let anyone ask
     * @return this
     */
    public RegistryBuilder allow(Collection<IpPrefix> prefixes) {
        allowed.addAll(List.copyOf(Objects.requireNonNull(prefixes, "prefixes")));
        return this;
    }

    /**
     * Says whether those who are allowed may have the list of peers too; {@link #start} refuses it where nobody is.
     *
     * @param value false by default
     * @return this
     */
    public RegistryBuilder allowEnumeration(boolean value) {
        mayEnumerate = value;
        return this;
    }

    /**
     * Lets others than this host have the whole zone by AXFR and IXFR, and ask for anything in it; to be a peer is not
     * enough for that.
     *
     * @param prefixes where the secondaries' questions come from; a source inside the tunnel counts only there
     * @return this
     */
    public RegistryBuilder allowTransfer(Collection<IpPrefix> prefixes) {
        mayTransfer.addAll(List.copyOf(Objects.requireNonNull(prefixes, "prefixes")));
        return this;
    }

    /**
     * Lets whoever signs with a key ask for anything in the zone, and see all of it, from wherever it asks (RFC 8945).
     *
     * @param key the key that it shares with this registry
     * @return this
     */
    public RegistryBuilder allowKey(TsigKey key) {
        keys.putIfAbsent(onlyOfItsName(key), Access.EVERYTHING);
        return this;
    }

    /**
     * Lets whoever signs with a key have the whole zone by AXFR and IXFR, and ask for anything in it, from wherever it
     * asks.
     *
     * @param key the key that it shares with this registry
     * @return this
     */
    public RegistryBuilder allowTransferKey(TsigKey key) {
        keys.put(onlyOfItsName(key), Access.TRANSFER);
        return this;
    }

    /**
     * Sets which peers are visible to which.
     *
     * @param value all to all by default
     * @return this
     */
    public RegistryBuilder visibility(VisibilityPolicy value) {
        visibility = Objects.requireNonNull(value, "visibility");
        return this;
    }

    /**
     * Signs the zone (RFC 4033), and each view of it.
     *
     * <p>Whoever may ask can then list the zone's names, so those whom {@link #allow} adds must have {@link
     * #allowEnumeration} too.
     *
     * @param value what signs, with keys of this zone
     * @return this
     * @throws IllegalArgumentException if the keys are of another zone
     */
    public RegistryBuilder signWith(ZoneSigner value) {
        Name signed = Objects.requireNonNull(value, "signWith").keys().get(0).zone();
        if (!signed.equals(zone.names().origin())) {
            throw new IllegalArgumentException("the keys are of the zone " + signed + ", not of "
                    + zone.names().origin());
        }
        signer = value;
        return this;
    }

    /**
     * Sets how many datagrams a second are sent to a network, a /24 or a /56, from which neither the tunnel, nor a
     * cookie (RFC 7873), nor a key says that it really asks.
     *
     * <p>Of what is too much, half is dropped, and half is answered with the word to come again by TCP or with a cookie,
     * so that the registry is of no use to whoever floods others.
     *
     * @param value 1 to 1,000,000; 50 by default, and 0 for no limit
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public RegistryBuilder responsesPerSecond(int value) {
        if (value < 0 || value > MAX_RATE) {
            throw new IllegalArgumentException("responsesPerSecond must be 0.." + MAX_RATE + ", was " + value);
        }
        responsesPerSecond = value;
        return this;
    }

    /**
     * Sets for how long the last reading is served when the device cannot be read; after that every answer is SERVFAIL,
     * with the extended error "Not Ready".
     *
     * <p>From five seconds on answers say that they are stale (RFC 8914).
     *
     * @param value five seconds or more; an hour by default
     * @return this
     * @throws IllegalArgumentException if the value is less
     */
    public RegistryBuilder staleLimit(Duration value) {
        if (positive("staleLimit", value).compareTo(ReadingAge.STALE_AFTER) < 0) {
            throw new IllegalArgumentException("staleLimit must be at least " + ReadingAge.STALE_AFTER
                    + ", for until then one reading that is missed would be told, was " + value);
        }
        staleLimit = value;
        return this;
    }

    /**
     * Sets which server this is, for whoever asks that (NSID, RFC 5001), as where several have one address.
     *
     * @param value at most 64 bytes in UTF-8, so that it fits into any answer; empty by default, for no answer
     * @return this
     * @throws IllegalArgumentException if the value is longer
     */
    public RegistryBuilder identity(String value) {
        byte[] bytes = Objects.requireNonNull(value, "identity").getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_IDENTITY) {
            throw new IllegalArgumentException(
                    "identity must have at most " + MAX_IDENTITY + " bytes, has " + bytes.length);
        }
        identity = bytes;
        return this;
    }

    /**
     * Adds a secondary that is told of each new zone by NOTIFY (RFC 1996), again and again until it has asked for the
     * serial, within a second at first and every minute in the end.
     *
     * <p>It is told from an address at which the registry listens. {@link #allowTransfer} is to name it as well.
     *
     * @param address where the secondary listens, numeric, with a port
     * @return this
     * @throws IllegalArgumentException if the address is a name that was not resolved, or the port is 0
     */
    public RegistryBuilder notifySecondary(InetSocketAddress address) {
        return notifySecondary(address, Optional.empty());
    }

    /**
     * Adds a secondary that is told of each new zone by NOTIFY that is signed (RFC 8945), so that it need not know where the
     * registry is.
     *
     * @param address as in {@link #notifySecondary(InetSocketAddress)}
     * @param key the key that it shares with this registry; {@link #allowTransferKey} lets it have the zone by the same
     * @return this
     * @throws IllegalArgumentException as in {@link #notifySecondary(InetSocketAddress)}
     */
    public RegistryBuilder notifySecondary(InetSocketAddress address, TsigKey key) {
        return notifySecondary(address, Optional.of(Objects.requireNonNull(key, "key")));
    }

    private RegistryBuilder notifySecondary(InetSocketAddress address, Optional<TsigKey> key) {
        Objects.requireNonNull(address, "address");
        if (address.isUnresolved() || address.getPort() == 0) {
            throw new IllegalArgumentException(
                    "secondary must be a numeric address and a port of 1..65535, was " + address);
        }
        secondaries.add(new NotifyTarget(address, key));
        return this;
    }

    /**
     * Sets which peers are advertised.
     *
     * @param value {@link Advertiser#ofAllPeers()} by default
     * @return this
     */
    public RegistryBuilder advertiser(Advertiser value) {
        advertiser = Objects.requireNonNull(value, "advertiser");
        return this;
    }

    /**
     * Says which serial the zone had last, so that this registry's are greater.
     *
     * @param serial 0 to {@link Zone#MAX_SERIAL}
     * @return this
     * @throws IllegalArgumentException if the serial is out of range
     */
    public RegistryBuilder previousSerial(long serial) {
        if (serial < 0 || serial > Zone.MAX_SERIAL) {
            throw new IllegalArgumentException("serial must be 0.." + Zone.MAX_SERIAL + ", was " + serial);
        }
        previousSerial = OptionalLong.of(serial);
        return this;
    }

    /**
     * Sets how long to wait between two readings of the device; longer where these are so dear that they would take more than a tenth
     * of a processor, up to a second.
     *
     * <p>Where it is not set, the device is read as often as takes a tenth of a processor, but twenty times a second at most and
     * about once a second at least.
     *
     * @param value more than zero and at most a day; with more than 500 ms a change may be seen later than after a second, and with
     *     more than 2 s answers become stale later than {@link #staleLimit} says
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public RegistryBuilder pollInterval(Duration value) {
        if (positive("pollInterval", value).compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("pollInterval must be at most a day, was " + value);
        }
        pollInterval = Optional.of(value);
        return this;
    }

    /**
     * Sets who is told what happens.
     *
     * @param value by default one that has what an operator has to know be logged, and nothing else
     * @return this
     */
    public RegistryBuilder listener(Registry.Listener value) {
        listener = Objects.requireNonNull(value, "listener");
        return this;
    }

    /**
     * Sets who makes the threads: one that reads the device, as many for UDP as {@link #udpThreads} says, one for TCP, and one where
     * secondaries are notified; only the first where the registry listens nowhere.
     *
     * @param value asked for each of them by {@link #start()}, and by {@link Registry#reconfigure} for the one that notifies; by default
     *     they are daemons whose names begin with {@code wgsd-registry} and say what each does
     * @return this
     */
    public RegistryBuilder threadFactory(ThreadFactory value) {
        threads = Objects.requireNonNull(value, "threadFactory");
        return this;
    }

    /**
     * Sets where the time comes from that serials and {@code since} show.
     *
     * @param value the system's clock by default
     * @return this
     */
    public RegistryBuilder clock(InstantSource value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * Binds the addresses, starts the threads, and returns without waiting for WireGuard.
     *
     * @return the registry, which the caller closes
     * @throws IOException if there is nothing to listen at, or an address cannot be bound; the message is one line and
     *     says what to do
     */
    public Registry start() throws IOException {
        if (!listens && !(listen.isEmpty() && secondaries.isEmpty())) {
            throw new IllegalArgumentException(
                    "a registry that listens nowhere can have neither addresses nor secondaries");
        }
        Core core = new Core(this, System::nanoTime);
        Listening listening = listens
                ? Listening.open(plan(), udp(), tcp, core, core.failures().guarding(threads), core::notice)
                : null;
        Notifier notifier = null;
        boolean started = false;
        try {
            if (listening != null) {
                core.failures().close(listening::close);
                core.listenAt(listening);
                notifier = notifier(listening, core);
                core.notifyBy(notifier);
            }
            DeviceWatcher watcher = watcher(core).start();
            started = true;
            Registry registry = new Registry(place(), core, listening, watcher, notifier);
            core.failures().close(registry::close);
            return registry;
        } finally {
            if (!started && listening != null) {
                listening.close();
            }
            if (!started && notifier != null) {
                notifier.close();
            }
        }
    }

    private DeviceWatcher.Builder watcher(Core core) {
        DeviceWatcher.Builder watcher = DeviceWatcher.builder(source, device, core)
                .longestInterval(longestPause())
                .backoffLimit(Core.RETRY_AT_MOST)
                .threadFactory(RoleThreads.as(core.failures().guarding(threads), "device"));
        return pollInterval.map(watcher::interval).orElseGet(() -> watcher.interval(SHORTEST_POLL_INTERVAL));
    }

    /** Returns how long it waits at most between two readings. */
    Duration longestPause() {
        return pollInterval
                .filter(interval -> interval.compareTo(LONGEST_POLL_INTERVAL) > 0)
                .orElse(LONGEST_POLL_INTERVAL);
    }

    private UdpOptions udp() {
        return UdpOptions.ofThisHost(udpThreads, batched);
    }

    @Nullable
    Notifier notifier(Listening listening, Core core) throws IOException {
        if (secondaries.isEmpty()) {
            return null;
        }
        return Notifier.start(
                secondaries,
                listening::localAddresses,
                System::nanoTime,
                RoleThreads.as(core.failures().guarding(threads), "notify"),
                core::notice);
    }

    Settings settings(LongSupplier nanoClock) {
        if (signer != null && !allowed.isEmpty() && !mayEnumerate) {
            throw new IllegalArgumentException("a signed zone can be walked from name to name, so whoever is allowed to"
                    + " ask for a key has the list of peers as well; allow that too, or do not sign");
        }
        if (mayEnumerate && allowed.isEmpty()) {
            throw new IllegalArgumentException("allowEnumeration widens what allow grants, which is nothing so far; say"
                    + " whom to allow, or leave both");
        }
        SecureRandom random = new SecureRandom();
        Responder responder = new Responder(
                zone.names(),
                new Keyring(keys),
                new Cookies(clock, random),
                new RateLimiter(responsesPerSecond, nanoClock, random),
                identity);
        return new Settings(
                responder,
                new ZoneSettings(zone, advertiser, new ZoneSignatures(Optional.ofNullable(signer))),
                visibility.rules(),
                new Outsiders(allowed, mayEnumerate),
                List.copyOf(mayTransfer),
                staleLimit);
    }

    /** What stays as it is while a registry runs. */
    record Place(String device, Name origin, List<InetSocketAddress> listen, boolean listens) {}

    Place place() {
        return new Place(device, zone.names().origin(), List.copyOf(listen), listens);
    }

    private TsigKey onlyOfItsName(TsigKey key) {
        Objects.requireNonNull(key, "key");
        boolean taken = keys.keySet().stream()
                .anyMatch(other -> other != key && other.name().equals(key.name()));
        if (taken) {
            throw new IllegalArgumentException("there is another key " + key.name() + " already");
        }
        return key;
    }

    private static Duration positive(String name, Duration value) {
        if (Objects.requireNonNull(value, name).isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero, was " + value);
        }
        return value;
    }

    private ListenPlan plan() {
        return new ListenPlan(device, listen);
    }
}
