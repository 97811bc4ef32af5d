package io.wgsd.tests.contract;

import io.wgsd.backend.netlink.transport.NetlinkSocket;
import io.wgsd.backend.netlink.transport.NetlinkSockets;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Real netlink sockets whose requests can be kept from the kernel, so that its answers really do not come. */
final class MutableSockets implements NetlinkSockets {

    private final NetlinkSockets real;
    private volatile boolean mute;

    MutableSockets(NetlinkSockets real) {
        this.real = real;
    }

    void mute(boolean value) {
        mute = value;
    }

    @Override
    public NetlinkSocket open(int protocol) throws IOException {
        return new MutableSocket(real.open(protocol));
    }

    @Override
    public int interfaceIndex(String name) {
        return real.interfaceIndex(name);
    }

    private final class MutableSocket implements NetlinkSocket {

        private final NetlinkSocket socket;

        MutableSocket(NetlinkSocket socket) {
            this.socket = socket;
        }

        @Override
        public ByteBuffer request() {
            return socket.request();
        }

        @Override
        public void send() throws IOException {
            if (!mute) {
                socket.send();
            }
        }

        @Override
        public ByteBuffer receive(Operation operation) throws IOException {
            return socket.receive(operation);
        }

        @Override
        public void wipe() {
            socket.wipe();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
