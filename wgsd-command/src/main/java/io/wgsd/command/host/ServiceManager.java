package io.wgsd.command.host;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Sends the program's state to a service manager, to the datagram socket that it names (sd_notify(3)). */
public final class ServiceManager {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    /** The longest path in a sockaddr_un (unix(7)). */
    private static final int LONGEST = 108;

    private ServiceManager() {}

    interface LibC extends Library {
        int socket(int family, int type, int protocol);

        long sendto(int socket, byte[] bytes, long length, int flags, byte[] address, int addressLength);

        int close(int socket);
    }

    /** Sends a state, as in {@code READY=1}; does nothing if no service manager asks for it. */
    public static void send(String state) {
        send(System.getenv("NOTIFY_SOCKET"), state);
    }

    static void send(@Nullable String socket, String state) {
        if (socket == null || socket.length() < 2 || (socket.charAt(0) != '/' && socket.charAt(0) != '@')) {
            return;
        }
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        if (path.length > LONGEST) {
            return;
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        byte[] address = new byte[2 + path.length];
        address[ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? 1 : 0] = AF_UNIX;
        System.arraycopy(path, 0, address, 2, path.length);
        try {
            LibC c = Native.load("c", LibC.class);
            int descriptor = c.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            byte[] text = state.getBytes(StandardCharsets.UTF_8);
            c.sendto(descriptor, text, text.length, MSG_NOSIGNAL, address, address.length);
            c.close(descriptor);
        } catch (UnsatisfiedLinkError e) {
            // Without native access nothing is sent; the program works all the same.
        }
    }
}
