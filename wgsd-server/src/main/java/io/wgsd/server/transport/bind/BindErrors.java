package io.wgsd.server.transport.bind;

import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.SocketAddresses;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Locale;

/** Says of a socket that cannot be bound what, where and what to do. */
final class BindErrors {

    private static final int FIRST_ORDINARY_PORT = 1024;

    private BindErrors() {}

    static IOException explain(InetSocketAddress address, Protocol protocol, Exception error) {
        String what = "cannot listen on " + SocketAddresses.format(address) + " (" + protocol + "): ";
        BindException explained = new BindException(what + why(address, error));
        explained.initCause(error);
        return explained;
    }

    private static String why(InetSocketAddress address, Exception error) {
        String reason = String.valueOf(error.getMessage());
        if (reason.toLowerCase(Locale.ROOT).contains("permission") && address.getPort() < FIRST_ORDINARY_PORT) {
            return "ports below 1024 need root or CAP_NET_BIND_SERVICE; or choose another port";
        }
        if (error instanceof BindException && !isOfThisHost(address)) {
            return "this host does not have the address; bring its interface up first, or choose another";
        }
        if (error instanceof BindException) {
            return "the port is in use (ss -lnp shows by whom); end that, or choose another";
        }
        return reason;
    }

    /**
     * Asks the system, which has more addresses than its interfaces show: all of 127.0.0.0/8, and routes of type local.
     */
    private static boolean isOfThisHost(InetSocketAddress address) {
        try (DatagramSocket scratch = new DatagramSocket(new InetSocketAddress(address.getAddress(), 0))) {
            return scratch.isBound();
        } catch (SocketException e) {
            return false;
        }
    }
}
