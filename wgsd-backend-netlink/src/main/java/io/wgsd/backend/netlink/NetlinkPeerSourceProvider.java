package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.transport.NetlinkSockets;
import io.wgsd.spi.Availability;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.Operation;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Provides the Linux kernel's WireGuard, over generic netlink (drivers/net/wireguard/netlink.c).
 *
 * <p>Its devices are those of the network namespace in which the calling thread is; all threads that use a source must
 * be in the same. Listing is open to everyone; reading and changing take CAP_NET_ADMIN in the user namespace that the
 * network namespace belongs to, held both when a source is first used and at each call. A source keeps up to four
 * sockets open between calls, and no thread.
 *
 * <p>A reading is consistent as to configuration: where the device is changed in the middle, which the kernel reports,
 * it is read again, up to ten times. Endpoints, counters and handshakes keep changing while a large device is read.
 *
 * <p>A change is one message where it fits 64 KiB, about 600 peers, and each message is one transaction; a longer one
 * is as few messages as possible, between which other programs may act. A peer whose allowed IPs do not fit one message
 * continues in the next, which adds no peer that was removed in between where only an existing one was to be changed. A
 * restart reads the peer and, in one message, removes it and adds it again: what another program changes between the
 * two is lost, and a peer that another removes in between comes back. A peer with more allowed IPs than a message holds
 * (about 1,600 of IPv6, 2,300 of IPv4) is not restarted, which is unsupported. Adding a device's own key as a peer does
 * nothing.
 *
 * <p>Single allowed IPs are removed by the kernel since Linux 6.16. Before, the device is read, and what the peer has
 * of them is moved to a peer with a random key that is removed in the same transaction. That touches nothing else; but
 * where another program moves such a prefix to another peer between the two, it is removed there.
 *
 * <p>A waiting call notices a deadline, an interrupt or a close within 20 ms. The kernel itself, while it works on a
 * message, cannot be interrupted: where another program holds its configuration lock (the RTNL) for long, a call lasts
 * as long.
 *
 * <p>Keys are kept outside the Java heap and wiped after each call; reading without asking for secrets never copies
 * them.
 *
 * <p>On Java 24 and later, native code must be allowed: {@code --enable-native-access=ALL-UNNAMED} on the class path,
 * {@code --enable-native-access=com.sun.jna} on the module path. Today's runtimes warn without it, later ones refuse;
 * {@link #probe()} then says so.
 */
public final class NetlinkPeerSourceProvider implements PeerSourceProvider {

    /** The backend's name. */
    public static final String NAME = "netlink";

    /** The backend's place in line: after userspace, as {@code wg} has it. */
    public static final int PRIORITY = 200;

    private static final Duration PROBING = Duration.ofSeconds(1);

    /** Does nothing; {@link java.util.ServiceLoader} needs it. */
    public NetlinkPeerSourceProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    @Override
    public Availability probe() {
        NativeAccess here = NativeAccess.here();
        return here.sockets().map(NetlinkPeerSourceProvider::probe).orElse(here.finding());
    }

    @Override
    public Set<String> settings() {
        return Set.of();
    }

    @Override
    public PeerSource open(PeerSourceOptions options) throws UnavailableException {
        check(options);
        NativeAccess here = NativeAccess.here();
        NetlinkSockets sockets = here.sockets()
                .orElseThrow(() -> new UnavailableException(ErrorOrigin.of(NAME), here.finding(), here.failure()));
        return new NetlinkPeerSource(sockets, release(), options.timeout());
    }

    static Availability probe(NetlinkSockets sockets) {
        Operation probing = Operation.begin(ErrorOrigin.of(NAME), "probing", PROBING, () -> false);
        try (Conversations conversations = new Conversations(sockets)) {
            return new Kernel(conversations).hasWireGuard(probing)
                    ? Availability.available("Linux " + release() + " has WireGuard")
                    : Availability.unavailable(KernelErrors.NO_MODULE, KernelErrors.LOAD_IT);
        } catch (IOException e) {
            return Availability.unavailable(
                    "netlink cannot be used: " + e.getMessage(), "see whether this is a sandbox that forbids it");
        }
    }

    private static String release() {
        return System.getProperty("os.version", "");
    }
}
