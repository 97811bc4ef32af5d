package io.wgsd.testkit.net;

import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.random.Randomness;
import io.wgsd.testkit.net.relay.RelayHost;
import io.wgsd.testkit.net.relay.RelayProtocol;
import io.wgsd.testkit.net.wireguard.Hearer;
import io.wgsd.testkit.net.wireguard.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A relay on a simulated host: it sends what its members send each other on, as {@code io.wgsd.relay} does over real
 * sockets.
 *
 * <p>It is a WireGuard peer itself, with a key and a port, and without a tunnel. A member adds it as a peer without
 * allowed IPs and with a persistent keepalive, and sets other members' endpoints to the relay's. A member is where its
 * session with the relay proves that it is. An initiation goes to the member whose key it is for; everything else
 * follows the indices that a response has confirmed. An initiation for a member that is not there yet waits for two
 * seconds; of two that meet, one waits for up to half a second.
 *
 * <p>What is not simulated: cookies, and limits of data. Not thread-safe.
 */
public final class SimulatedRelay {

    private final SimulatedHost host;
    private final PublicKey key;
    private final int port;
    private final Randomness random;
    private Set<PublicKey> members = Set.of();
    private RelayProtocol.Kept kept = RelayProtocol.Kept.nothing();
    private Duration delay = Duration.ZERO;
    private @Nullable Run run;

    private SimulatedRelay(SimulatedHost host, PublicKey key, int port) {
        this.host = host;
        this.key = key;
        this.port = port;
        random = host.split();
    }

    /**
     * Starts a relay without members.
     *
     * @param host the host that it runs on, with at least one address; a host has one relay at most
     * @param key the relay's public key; the simulation needs no private one
     * @param port its UDP port, 1 to 65535
     * @return the relay, which is up
     * @throws IllegalStateException if the port is in use, or the host has a relay already
     */
    public static SimulatedRelay start(SimulatedHost host, PublicKey key, int port) {
        SimulatedRelay relay =
                new SimulatedRelay(Objects.requireNonNull(host, "host"), Objects.requireNonNull(key, "key"), port);
        host.relay(relay);
        relay.setUp(true);
        return relay;
    }

    /**
     * Replaces the members; each may reach every other.
     *
     * @param keys the members' keys
     * @return this
     */
    public SimulatedRelay members(PublicKey... keys) {
        return members(List.of(keys));
    }

    /**
     * Replaces the members; each may reach every other.
     *
     * @param keys the members' keys
     * @return this
     */
    public SimulatedRelay members(Collection<PublicKey> keys) {
        members = Set.copyOf(keys);
        if (run != null) {
            run.protocol.replaceMembers(members);
        }
        return this;
    }

    /**
     * Takes the relay down, or up again with what it has kept: it then asks its members where they are, and sessions
     * through it go on after one round trip. What is in memory alone, as its keys and what it holds back, is lost.
     *
     * @param up whether it is up, as it is at first
     */
    public void setUp(boolean up) {
        if (up && run == null) {
            host.bind(port, this::receive);
            run = new Run();
        } else if (!up && run != null) {
            host.unbind(port);
            kept = run.protocol.kept();
            run.over = true;
            run = null;
        }
    }

    /** Takes it down and at once up again. */
    public void restart() {
        setUp(false);
        setUp(true);
    }

    /**
     * Takes it down and at once up again without anything that it had kept, like a relay whose store is lost: members
     * are unknown to it until they begin a handshake with it themselves.
     */
    public void restartWithoutState() {
        setUp(false);
        kept = RelayProtocol.Kept.nothing();
        setUp(true);
    }

    /**
     * Makes it slow.
     *
     * @param each how much later each message leaves it than it came, zero at first
     */
    public void setDelay(Duration each) {
        if (each.isNegative()) {
            throw new IllegalArgumentException("delay must be zero or more, was " + each);
        }
        delay = each;
    }

    /**
     * Returns whether it is up.
     *
     * @return false between {@link #setUp} with false and with true
     */
    public boolean isUp() {
        return run != null;
    }

    /**
     * Returns the relay's key.
     *
     * @return the public key
     */
    public PublicKey publicKey() {
        return key;
    }

    /**
     * Returns the host that it runs on.
     *
     * @return in a {@link NatLab}, a host with nothing else
     */
    public SimulatedHost host() {
        return host;
    }

    /**
     * Returns where it is reached by one family.
     *
     * @param ipv6 whether by IPv6, else by IPv4
     * @return its host's address, and its port
     * @throws IllegalStateException if its host has no address of that family
     */
    public Endpoint endpoint(boolean ipv6) {
        return Endpoint.of(host.address(ipv6), port);
    }

    /**
     * Returns what a zone says about it.
     *
     * @return its key and its endpoints, one for each address of its host
     */
    public RelayAdvertisement advertisement() {
        return new RelayAdvertisement(
                key,
                host.addresses().all().stream()
                        .map(address -> Endpoint.of(address, port))
                        .toList());
    }

    /**
     * Returns which members it hears now, and where.
     *
     * @return their endpoints as the relay sees them, in the order of their keys; none while it is down
     */
    public Map<PublicKey, Endpoint> attached() {
        return run == null ? Map.of() : run.protocol.sources();
    }

    @Override
    public String toString() {
        return "relay " + key + " at " + host.name();
    }

    boolean listensOn(int listenPort) {
        return run != null && port == listenPort;
    }

    @Nullable
    Hearer hearer(Endpoint source, int index) {
        return run == null ? null : run.protocol.hearer(source, index);
    }

    private void receive(Datagram datagram) {
        if (run != null && datagram.payload() instanceof Message message) {
            run.protocol.receive(message, datagram.source());
        }
    }

    /** The relay between two restarts. */
    private final class Run implements RelayHost {

        final RelayProtocol protocol;
        boolean over;

        @SuppressWarnings("this-escape")
        Run() {
            protocol = new RelayProtocol(key, this, members, kept);
        }

        @Override
        public long nanos() {
            return host.net().timeline().nanos();
        }

        @Override
        public Instant wallClock() {
            return host.clock().instant();
        }

        @Override
        public Randomness random() {
            return random;
        }

        @Override
        public void after(long delayNanos, Runnable task) {
            host.net().timeline().schedule(Duration.ofNanos(delayNanos), () -> {
                if (!over) {
                    task.run();
                }
            });
        }

        @Override
        public void send(Endpoint destination, Message message) {
            if (delay.isZero()) {
                host.send(port, destination, message.length(), message);
            } else {
                after(delay.toNanos(), () -> host.send(port, destination, message.length(), message));
            }
        }

        @Override
        public @Nullable Hearer hearer(Endpoint destination, int index) {
            return host.hearer(port, destination, index);
        }

        @Override
        public void record(NetEvent.Kind kind, PublicKey member, @Nullable Endpoint at) {
            host.net().trace().record(kind, host, member, at);
        }
    }
}
