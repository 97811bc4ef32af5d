package io.wgsd.server.transport.bind;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLibrary;
import io.wgsd.server.transport.udp.Descriptors;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.NetworkChannel;
import java.nio.charset.StandardCharsets;

/**
 * SO_BINDTODEVICE of socket(7), which the Java runtime does not offer. Loading this class needs JNA and native access.
 */
final class LinuxInterfaceBinder implements InterfaceBinder {

    // include/uapi/asm-generic/socket.h
    private static final int SO_BINDTODEVICE = 25;

    private static final int EPERM = 1;
    private static final int ENODEV = 19;

    private final Descriptors descriptors = new Descriptors();
    private final Function setsockopt;

    LinuxInterfaceBinder() {
        setsockopt = NativeLibrary.getInstance("c").getFunction("setsockopt", Function.THROW_LAST_ERROR);
    }

    @Override
    public void bind(NetworkChannel socket, String device) throws IOException {
        int descriptor = descriptors.of(socket);
        byte[] name = (device + '\0').getBytes(StandardCharsets.UTF_8);
        try {
            setsockopt.invokeInt(new Object[] {descriptor, Descriptors.SOL_SOCKET, SO_BINDTODEVICE, name, name.length});
        } catch (LastErrorException e) {
            throw new SocketException(
                    switch (e.getErrorCode()) {
                        case ENODEV -> "there is no interface \"" + device + "\"";
                        case EPERM -> "binding a socket to an interface needs CAP_NET_RAW here";
                        default -> "SO_BINDTODEVICE: errno " + e.getErrorCode();
                    });
        }
    }
}
