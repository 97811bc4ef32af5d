package io.wgsd.command.explain;

import io.wgsd.command.explain.Probes.Answer;
import io.wgsd.internal.Durations;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends datagrams to the discard port of a peer's tunnel address: its host says at once that nothing listens there (ICMP,
 * port unreachable), unless a firewall drops that. Blocks for about three seconds where nothing is answered.
 */
final class TunnelProbe {

    private static final int PORT = 9;
    private static final Duration PATIENCE = Duration.ofMillis(700);

    /** Linux answers a host once a second after a burst (icmp.c, icmpv4_xrlim_allow), which others may have used up. */
    private static final Duration BETWEEN = Duration.ofMillis(1100);

    private static final int ATTEMPTS = 2;

    private static final int IPV4_HEADERS = 28;
    private static final int IPV6_HEADERS = 48;

    private final Discard host;

    TunnelProbe(Discard host) {
        this.host = host;
    }

    /** What is sent to, and the clock. */
    interface Discard {

        /** Sends a datagram through the tunnel, and waits for the answer; it is not sent where it would go elsewhere. */
        Answer ask(InetAddress address, int size, Duration patience);

        /** Returns whether the host answers an echo request. */
        boolean isEchoed(InetAddress address, Duration patience);

        /** Returns a time of which differences count. */
        Duration now();

        /** Waits. */
        void pause(Duration time);
    }

    static Probes of(Probes known, String device, Peer peer) {
        return peer.allowedIps().stream()
                .filter(prefix -> prefix.length() == prefix.network().bitLength())
                .map(IpPrefix::network)
                .map(IpAddress::toInetAddress)
                .findFirst()
                .map(address -> new TunnelProbe(new DiscardPort(device)).probe(known, address, mtu(device)))
                .orElse(known);
    }

    Probes probe(Probes known, InetAddress address, int mtu) {
        Duration began = host.now();
        Answer small = ask(address, 1);
        Optional<Duration> took =
                small == Answer.ANSWERED ? Optional.of(host.now().minus(began)) : Optional.empty();
        int headers = address.getAddress().length == 4 ? IPV4_HEADERS : IPV6_HEADERS;
        Answer full = small == Answer.ANSWERED && mtu > headers ? ask(address, mtu - headers) : Answer.NOT_SENT;
        Optional<Boolean> echo =
                small == Answer.SILENT ? Optional.of(host.isEchoed(address, PATIENCE)) : Optional.empty();
        return known.tunnel(small, full, mtu, took, echo);
    }

    private Answer ask(InetAddress address, int size) {
        Answer answer = Answer.NOT_SENT;
        for (int i = 0; i < ATTEMPTS; i++) {
            Duration sent = host.now();
            answer = host.ask(address, size, PATIENCE);
            if (answer != Answer.SILENT) {
                return answer;
            }
            if (i + 1 < ATTEMPTS) {
                host.pause(Durations.max(BETWEEN.minus(host.now().minus(sent)), Duration.ZERO));
            }
        }
        return answer;
    }

    private static int mtu(String device) {
        try {
            NetworkInterface found = NetworkInterface.getByName(device);
            return found == null ? 0 : found.getMTU();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The discard port of hosts behind a device of this host. */
    private static final class DiscardPort implements Discard {

        private final String device;

        DiscardPort(String device) {
            this.device = device;
        }

        @Override
        public Answer ask(InetAddress address, int size, Duration patience) {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(new InetSocketAddress(address, PORT));
                NetworkInterface link = NetworkInterface.getByInetAddress(socket.getLocalAddress());
                if (link == null || !link.getName().equals(device)) {
                    return Answer.NOT_SENT;
                }
                socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
                socket.send(new DatagramPacket(new byte[size], size));
                socket.receive(new DatagramPacket(new byte[1], 1));
                return Answer.ANSWERED;
            } catch (PortUnreachableException e) {
                return Answer.ANSWERED;
            } catch (SocketTimeoutException e) {
                return Answer.SILENT;
            } catch (IOException e) {
                // It could not be sent, as without a route; that is no silence.
                return Answer.NOT_SENT;
            }
        }

        @Override
        public boolean isEchoed(InetAddress address, Duration patience) {
            try {
                return address.isReachable(Math.toIntExact(patience.toMillis()));
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public Duration now() {
            return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public void pause(Duration time) {
            LockSupport.parkNanos(time.toNanos());
        }
    }
}
