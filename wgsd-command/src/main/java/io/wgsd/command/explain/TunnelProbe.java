package io.wgsd.command.explain;

import io.wgsd.command.explain.Probes.Answer;
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

/**
 * Sends datagrams to the discard port of a peer's tunnel address: its host says at once that nothing listens there (ICMP,
 * port unreachable), unless a firewall drops that. Blocks for about three seconds where nothing is answered.
 */
final class TunnelProbe {

    private static final int DISCARD = 9;
    private static final int PATIENCE_MILLIS = 700;

    /** Linux answers so once a second, after a burst. */
    private static final int ATTEMPTS = 2;

    private static final int IPV4_HEADERS = 28;
    private static final int IPV6_HEADERS = 48;

    private TunnelProbe() {}

    static Probes of(Probes known, String device, Peer peer) {
        Optional<InetAddress> target = peer.allowedIps().stream()
                .filter(prefix -> prefix.length() == prefix.network().bitLength())
                .map(IpPrefix::network)
                .map(IpAddress::toInetAddress)
                .findFirst();
        if (target.isEmpty()) {
            return known;
        }
        InetAddress address = target.get();
        int mtu = mtu(device);
        long began = System.nanoTime();
        Answer small = ask(address, 1);
        Optional<Duration> took =
                small == Answer.ANSWERED ? Optional.of(Duration.ofNanos(System.nanoTime() - began)) : Optional.empty();
        int headers = address.getAddress().length == 4 ? IPV4_HEADERS : IPV6_HEADERS;
        Answer full = small == Answer.ANSWERED && mtu > headers ? ask(address, mtu - headers) : Answer.NOT_SENT;
        Optional<Boolean> echo = small == Answer.SILENT ? Optional.of(isEchoed(address)) : Optional.empty();
        return known.tunnel(small, full, mtu, took, echo);
    }

    private static Answer ask(InetAddress address, int size) {
        Answer answer = Answer.NOT_SENT;
        for (int i = 0; i < ATTEMPTS && answer != Answer.ANSWERED; i++) {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(new InetSocketAddress(address, DISCARD));
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.send(new DatagramPacket(new byte[size], size));
                answer = Answer.SILENT;
                socket.receive(new DatagramPacket(new byte[1], 1));
                answer = Answer.ANSWERED;
            } catch (PortUnreachableException e) {
                return Answer.ANSWERED;
            } catch (SocketTimeoutException e) {
                answer = Answer.SILENT;
            } catch (IOException e) {
                // It could not be sent, as without a route; that is no silence.
                return answer;
            }
        }
        return answer;
    }

    private static boolean isEchoed(InetAddress address) {
        try {
            return address.isReachable(PATIENCE_MILLIS);
        } catch (IOException e) {
            return false;
        }
    }

    private static int mtu(String device) {
        try {
            NetworkInterface found = NetworkInterface.getByName(device);
            return found == null ? 0 : found.getMTU();
        } catch (IOException e) {
            return 0;
        }
    }
}
