package io.wgsd.server;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.model.IpPrefix;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.transport.tcp.TcpLimits;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/** Gathers how a registry is run; not thread-safe. */
public final class RegistryBuilder {

    private final RegistryConfig config;

    RegistryBuilder(PeerSource source, String device, ZoneOptions zone) {
        config = new RegistryConfig(source, device, zone);
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
        config.listen(address);
        return this;
    }

    /**
     * Has the registry answer nobody: it only makes zones, which {@link Registry.Listener#zoneChanged} hands on, as to a {@link
     * io.wgsd.publish.Publisher}.
     *
     * @return this
     */
    public RegistryBuilder listenNowhere() {
        config.listens = false;
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
        config.udpThreads(threads);
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
        config.batched = value;
        return this;
    }

    /**
     * Lets others than this host and the peers ask for a key that they know; everyone else is refused.
     *
     * @param prefixes where they may come from; {@code 0.0.0.0/0} and {@code ::/0} let anyone ask
     * @return this
     */
    public RegistryBuilder allow(Collection<IpPrefix> prefixes) {
        config.allowed.addAll(List.copyOf(Objects.requireNonNull(prefixes, "prefixes")));
        return this;
    }

    /**
     * Says whether those who are allowed may have the list of peers too; {@link #start} refuses it where nobody is.
     *
     * @param value false by default
     * @return this
     */
    public RegistryBuilder allowEnumeration(boolean value) {
        config.mayEnumerate = value;
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
        config.mayTransfer.addAll(List.copyOf(Objects.requireNonNull(prefixes, "prefixes")));
        return this;
    }

    /**
     * Lets whoever signs with a key ask for anything in the zone, and see all of it, from wherever it asks (RFC 8945).
     *
     * @param key the key that it shares with this registry
     * @return this
     */
    public RegistryBuilder allowKey(TsigKey key) {
        config.allowKey(key, Access.EVERYTHING);
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
        config.allowKey(key, Access.TRANSFER);
        return this;
    }

    /**
     * Sets which peers are visible to which.
     *
     * @param value all to all by default
     * @return this
     */
    public RegistryBuilder visibility(VisibilityPolicy value) {
        config.visibility = Objects.requireNonNull(value, "visibility");
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
        config.signWith(value);
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
        config.responsesPerSecond(value);
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
        config.staleLimit(value);
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
        config.identity(value);
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
        config.notifySecondary(address, Optional.empty());
        return this;
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
        config.notifySecondary(address, Optional.of(Objects.requireNonNull(key, "key")));
        return this;
    }

    /**
     * Sets which peers are advertised.
     *
     * @param value {@link Advertiser#ofAllPeers()} by default
     * @return this
     */
    public RegistryBuilder advertiser(Advertiser value) {
        config.advertiser = Objects.requireNonNull(value, "advertiser");
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
        config.previousSerial(serial);
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
        config.pollInterval(value);
        return this;
    }

    /**
     * Sets who is told what happens.
     *
     * @param value by default one that has what an operator has to know be logged, and nothing else
     * @return this
     */
    public RegistryBuilder listener(Registry.Listener value) {
        config.listener = Objects.requireNonNull(value, "listener");
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
        config.threadFactory = Objects.requireNonNull(value, "threadFactory");
        return this;
    }

    /**
     * Sets where the time comes from that serials and {@code since} show.
     *
     * @param value the system's clock by default
     * @return this
     */
    public RegistryBuilder clock(InstantSource value) {
        config.clock = Objects.requireNonNull(value, "clock");
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
        return Registry.start(config());
    }

    /** Sets what TCP clients may take up. */
    RegistryBuilder tcpLimits(TcpLimits value) {
        config.tcp = value;
        return this;
    }

    /** Returns a copy of what was set so far. */
    RegistryConfig config() {
        return new RegistryConfig(config);
    }
}
