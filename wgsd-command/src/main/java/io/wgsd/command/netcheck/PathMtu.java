package io.wgsd.command.netcheck;

import io.wgsd.model.IpAddress;
import java.net.Inet6Address;
import java.net.InetAddress;

/** How large packets may be between this host and another, and whether the device's MTU fits in. */
final class PathMtu {

    private static final String TOPIC = "path MTU";

    /** Ethernet's. Larger ones are of no use for a tunnel that leaves this network. */
    private static final int USUAL = 1500;

    /** What each IPv4 host has to take in one piece (RFC 791); below it nothing is worth a search. */
    private static final int LEAST = 576;

    private static final int ATTEMPTS = 2;

    private PathMtu() {}

    /**
     * What WireGuard adds to a packet: headers of IP and UDP, its own of 16 bytes, and the tag of 16.
     *
     * @see <a href="https://www.wireguard.com/papers/wireguard.pdf">WireGuard, 5.4.6</a>
     */
    static int overhead(InetAddress host) {
        return host instanceof Inet6Address ? 80 : 60;
    }

    static Fact of(InetAddress host, String device, int deviceMtu, Ping ping) throws InterruptedException {
        String address = IpAddress.of(host).toString();
        if (!passes(host, LEAST, ping)) {
            return Fact.good(TOPIC, "not known: " + address + " does not answer pings")
                    .with("host", address)
                    .with("bytes", null);
        }
        int mtu = largest(host, ping);
        int fits = mtu - overhead(host);
        boolean isGood = deviceMtu <= fits;
        String words = (mtu == USUAL ? "at least " : "") + mtu + " bytes to " + address + "; " + device + "'s of "
                + deviceMtu
                + (isGood
                        ? " fits"
                        : " is too large for it, so that full packets get lost: set it to " + fits + ", on both sides");
        return (isGood ? Fact.good(TOPIC, words) : Fact.bad(TOPIC, words))
                .with("host", address)
                .with("bytes", mtu);
    }

    /** Searches by halves; the path takes {@link #LEAST}. */
    private static int largest(InetAddress host, Ping ping) throws InterruptedException {
        if (passes(host, USUAL, ping)) {
            return USUAL;
        }
        int passes = LEAST;
        int fails = USUAL;
        while (fails - passes > 1) {
            int middle = (passes + fails) / 2;
            if (passes(host, middle, ping)) {
                passes = middle;
            } else {
                fails = middle;
            }
        }
        return passes;
    }

    /** A packet may get lost for another reason, so it has more than one attempt. */
    private static boolean passes(InetAddress host, int size, Ping ping) throws InterruptedException {
        int payload = size - Ping.headers(host);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (ping.send(host, payload).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
