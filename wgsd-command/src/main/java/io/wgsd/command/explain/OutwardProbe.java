package io.wgsd.command.explain;

import io.wgsd.command.output.ErrorText;
import io.wgsd.model.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.util.Optional;

/** Finds out outside of the tunnel whether this host sends to an endpoint at all. */
final class OutwardProbe {

    private static final int PATIENCE_MILLIS = 1000;

    private OutwardProbe() {}

    /** Returns why this host does not send there; what it sends is one byte, which WireGuard there ignores. */
    static Optional<String> sendProblem(Endpoint endpoint) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[1], 1, address(endpoint)));
            return Optional.empty();
        } catch (PortUnreachableException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(ErrorText.of(e));
        }
    }

    /** Returns whether the host there answers to TCP, if only to say that nothing listens. */
    static boolean isAnsweredByTcp(Endpoint endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(address(endpoint), PATIENCE_MILLIS);
            return true;
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetSocketAddress address(Endpoint endpoint) {
        return new InetSocketAddress(endpoint.address().toInetAddress(), endpoint.port());
    }
}
