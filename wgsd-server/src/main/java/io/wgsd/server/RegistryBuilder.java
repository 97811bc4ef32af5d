package io.wgsd.server;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.members.PeerNames;
import io.wgsd.model.IpAddress;
import io.wgsd.model.TimeSource;
import io.wgsd.server.transport.tcp.TcpLimits;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/** Collects the settings of a {@link Registry}, and starts it. Not thread-safe. */
public final class RegistryBuilder extends AccessBuilder<RegistryBuilder> {

    RegistryBuilder(PeerSource source, String device, ZoneOptions zone) {
        super(new RegistryConfig(source, device, zone));
    }

    /**
     * Adds an address at which to listen, instead of the device's own addresses.
     *
     * @param address an address of this host and a port, where 0 takes any free one. {@code 0.0.0.0} means all IPv4
     *     addresses of this host as they come and go, each with a socket of its own; {@code ::} means those of both
     *     families
     * @return this
     * @throws IllegalArgumentException if the address is an unresolved name, or a link-local IPv6 address without its
     *     link
     */
    public RegistryBuilder listen(InetSocketAddress address) {
        config.listen(address);
        return this;
    }

    /**
     * Sets whether the registry serves DNS. One that does not only makes zones for {@link
     * Registry.Listener#zoneChanged}, which may hand them to a {@link io.wgsd.publish.Publisher}.
     *
     * @param serves true by default; false goes with neither {@link #listen} nor {@link #notifySecondary}
     * @return this
     */
    public RegistryBuilder serves(boolean serves) {
        config.serves = serves;
        return this;
    }

    /**
     * Sets how many threads answer by UDP. Each has sockets of its own, and the system distributes the clients among
     * them.
     *
     * <p>By default there are as many as processors, but at most 16. Where the system cannot share a port among
     * sockets, there is one.
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
     * Sets whether many datagrams are received and sent with one system call. This works on 64-bit Linux with JNA that
     * may load native code; elsewhere datagrams are served one by one, as with {@code false}.
     *
     * @param batched true by default
     * @return this
     */
    public RegistryBuilder batchedUdp(boolean batched) {
        config.batched = batched;
        return this;
    }

    /**
     * Sets what signs the zone (RFC 4033) and each view of it; by default nothing is signed.
     *
     * <p>Anyone who may query a signed zone can list its names, so {@link #allow} then needs {@link #allowEnumeration}
     * too.
     *
     * @param signer what signs, with keys of this zone
     * @return this
     * @throws IllegalArgumentException if the keys are of another zone
     */
    public RegistryBuilder signWith(ZoneSigner signer) {
        config.signWith(signer);
        return this;
    }

    /**
     * Sets for how long the last reading is served while the device cannot be read. After that, every answer is
     * SERVFAIL with the extended error "Not Ready".
     *
     * <p>After five seconds, answers say that they are stale (RFC 8914).
     *
     * @param limit five seconds or more; an hour by default
     * @return this
     * @throws IllegalArgumentException if the value is less
     */
    public RegistryBuilder staleLimit(Duration limit) {
        config.staleLimit(limit);
        return this;
    }

    /**
     * Sets the identity of this server for clients that ask for it (NSID, RFC 5001), as where several servers share an
     * address.
     *
     * @param identity at most 64 bytes in UTF-8, so that it fits into any answer; empty by default, for no answer
     * @return this
     * @throws IllegalArgumentException if the value is longer
     */
    public RegistryBuilder identity(String identity) {
        config.identity(identity);
        return this;
    }

    /**
     * Adds a secondary that is notified of each new zone (RFC 1996). NOTIFY is repeated until the secondary has asked
     * for the serial: within a second at first, and finally every minute.
     *
     * <p>NOTIFY comes from an address at which the registry listens. Name the secondary with {@link #allowTransfer} as
     * well.
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
     * Adds a secondary that is notified of each new zone by a signed NOTIFY (RFC 8945), so that it need not know the
     * registry's address.
     *
     * @param address as in {@link #notifySecondary(InetSocketAddress)}
     * @param key the key that it shares with this registry; {@link #allowTransferKey} lets it transfer the zone with
     *     the same key
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
     * @param advertiser {@link Advertiser#ofAllPeers()} by default
     * @return this
     */
    public RegistryBuilder advertiser(Advertiser advertiser) {
        config.advertiser = Objects.requireNonNull(advertiser, "advertiser");
        return this;
    }

    /**
     * Sets which relays the zone announces, and which of them hear each peer.
     *
     * <p>A peer whose endpoint is a relay's own is not served: others would reach the relay there, and not the peer. From
     * the relays' {@link RelaySource#sightings sightings} the zone gets {@code nat=} for peers, as far as they and {@link
     * #deviceAddresses} prove how a NAT maps.
     *
     * @param relays asked once for each reading of the device; none by default
     * @return this
     * @throws IllegalArgumentException if the zone's name is too long for names of relays
     */
    public RegistryBuilder relays(RelaySource relays) {
        config.relays(relays);
        return this;
    }

    /**
     * Sets what people call peers: the zone has each peer's tunnel addresses, the allowed IPs of one address, at {@code
     * <name>.Z} in A and AAAA, and where it is reached at {@code _wireguard._udp.<name>.Z} in SRV.
     *
     * <p>Peers see the names of those peers that are {@linkplain #visibility visible} to them. Other clients see them
     * only if they may {@linkplain #allowEnumeration list} the peers: a name can be guessed, as a key cannot. {@link
     * Registry#serveMembers} adds the names of members as far as these leave out the key and the name.
     *
     * @param names none by default. {@link #start} fails if one is a name server's in the zone
     * @return this
     */
    public RegistryBuilder names(PeerNames names) {
        config.names = Objects.requireNonNull(names, "names");
        return this;
    }

    /**
     * Sets at which addresses of this host, outside the tunnel, peers reach the device. How the NAT of a peer maps can
     * only be told by comparing what the device sees with what relays see, where their addresses are known; a relay's
     * {@link RelaySource#sightings sightings} have its own.
     *
     * <p>If a peer does reach the device at another address, the zone may say of its NAT what is wrong.
     *
     * @param addresses all the addresses that peers use; none by default, for not known
     * @return this
     */
    public RegistryBuilder deviceAddresses(Collection<IpAddress> addresses) {
        config.deviceAddresses = Set.copyOf(Objects.requireNonNull(addresses, "addresses"));
        return this;
    }

    /**
     * Sets whether the zone tells relays elsewhere of peers that it does not serve, and of the {@link #visibility}
     * policy. If there is one, only those who see the whole zone see that.
     *
     * @param tells false by default
     * @return this
     */
    public RegistryBuilder tellsMembers(boolean tells) {
        config.tellsMembers = tells;
        return this;
    }

    /**
     * Sets what runs on NOTIFY (RFC 1996) from one who may transfer the zone; by default it is not implemented.
     *
     * @param onNotify called by the thread that answers, for each message; it must not block
     * @return this
     */
    public RegistryBuilder onNotify(Runnable onNotify) {
        config.onNotify = Optional.of(onNotify);
        return this;
    }

    /**
     * Sets which serial the zone had last, so that this registry's serials are greater.
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
     * Sets how long to wait between two readings of the device. Where readings would take more than a tenth of a
     * processor, the registry waits longer, up to a second.
     *
     * <p>By default, the device is read as often as a tenth of a processor allows: at most twenty times, and at least
     * about once a second.
     *
     * @param interval more than zero and at most a day. With more than 500 ms a change may be seen after more than a
     *     second, and with more than 2 s answers become stale later than {@link #staleLimit} says
     * @return this
     * @throws IllegalArgumentException if the value is out of range
     */
    public RegistryBuilder pollInterval(Duration interval) {
        config.pollInterval(interval);
        return this;
    }

    /**
     * Sets the listener.
     *
     * @param listener by default one that logs what an operator has to know, and nothing else
     * @return this
     */
    public RegistryBuilder listener(Registry.Listener listener) {
        config.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets the factory of the threads: one reads the device, {@link #udpThreads} serve UDP, one serves TCP, and one
     * notifies secondaries if there are any. A registry that listens nowhere has only the first.
     *
     * @param threadFactory called by {@link #start()}, and by {@link Registry#reconfigure} for the thread that
     *     notifies. By default the threads are daemons whose names begin with {@code wgsd-registry} and say what each
     *     does
     * @return this
     */
    public RegistryBuilder threadFactory(ThreadFactory threadFactory) {
        config.threadFactory = Objects.requireNonNull(threadFactory, "threadFactory");
        return this;
    }

    /**
     * Sets the clock: its wall clock for the times in serials and in {@code since}, its monotonic one for ages and
     * rates.
     *
     * @param clock {@link TimeSource#system()} by default
     * @return this
     */
    public RegistryBuilder clock(TimeSource clock) {
        config.clock = Objects.requireNonNull(clock, "clock");
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

    @Override
    RegistryBuilder self() {
        return this;
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
