package io.wgsd.tests.packages;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;

/** Ports of this machine. */
final class Ports {

    private Ports() {}

    /** Returns a UDP port of loopback that nobody has now. */
    static int free() throws IOException {
        try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }
}
