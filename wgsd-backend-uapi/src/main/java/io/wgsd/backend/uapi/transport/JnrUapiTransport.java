package io.wgsd.backend.uapi.transport;

import io.wgsd.spi.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import jnr.enxio.channels.Native;
import jnr.ffi.Platform;
import jnr.posix.POSIXFactory;
import jnr.unixsocket.Credentials;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/**
 * Reaches WireGuard's sockets by jnr-unixsocket.
 *
 * <p>Only the thread that opened a descriptor ever uses or closes it: a descriptor that another thread closes may by
 * then be another file's (jnr-unixsocket issue 81). So nothing wakes a waiting thread; instead it never waits longer
 * than a slice before it looks whether the operation is still wanted.
 *
 * <p>JNR's own read and write are not used, because they copy all bytes through arrays that nobody wipes, and give the
 * same result for "nothing came in time" as others do for the end.
 */
public final class JnrUapiTransport implements UapiTransport {

    /** How long one wait may take, and therefore how late a deadline, an interrupt or a close may be noticed. */
    private static final int SLICE_MILLIS = 20;

    /** What fits into sockaddr_un beside the final zero (unix(7); sys/un.h of macOS). */
    private static final int MAX_PATH_BYTES = Platform.getNativePlatform().isBSD() ? 103 : 107;

    /** Loads the native code. */
    public JnrUapiTransport() throws IOException {
        Native.close(create().getFD());
    }

    @Override
    public UapiConnection open(Path socket, Operation operation) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw failed("connect", Errno.ENAMETOOLONG);
        }
        UnixSocketChannel channel = create();
        boolean connected = false;
        try {
            channel.setOption(UnixSocketOptions.SO_RCVTIMEO, SLICE_MILLIS);
            channel.setOption(UnixSocketOptions.SO_SNDTIMEO, SLICE_MILLIS);
            connect(channel, socket, operation);
            connected = true;
            return new Connection(channel, socket, operation);
        } finally {
            if (!connected) {
                // Not the channel's close: it shuts down first, and where that fails it leaves the descriptor open.
                Native.close(channel.getFD());
            }
        }
    }

    @Override
    public int ownUser() {
        return POSIXFactory.getPOSIX().geteuid();
    }

    private static UnixSocketChannel create() throws IOException {
        try {
            return UnixSocketChannel.create();
        } catch (IOException e) {
            throw failed("socket", Native.getLastError());
        }
    }

    private static void connect(UnixSocketChannel channel, Path socket, Operation operation) throws IOException {
        UnixSocketAddress address = new UnixSocketAddress(socket.toString());
        boolean connected = false;
        while (!connected) {
            operation.check();
            try {
                // False where the listener's queue is full.
                connected = channel.connect(address);
            } catch (IOException e) {
                Errno errno = Native.getLastError();
                if (errno != Errno.EINTR) {
                    throw failed("connect", errno);
                }
            }
        }
    }

    private static ErrnoException failed(String call, Errno errno) {
        return new ErrnoException(call, errno.name(), errno.intValue());
    }

    private static final class Connection implements UapiConnection {

        private final UnixSocketChannel channel;
        private final Path socket;
        private final int descriptor;
        private final Operation operation;
        private boolean closed;

        Connection(UnixSocketChannel channel, Path socket, Operation operation) {
            this.channel = channel;
            this.socket = socket;
            descriptor = channel.getFD();
            this.operation = operation;
        }

        @Override
        public boolean write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                operation.check();
                if (Native.write(descriptor, bytes) < 0) {
                    Errno errno = Native.getLastError();
                    if (errno == Errno.EPIPE || errno == Errno.ECONNRESET) {
                        return false;
                    }
                    failUnlessTimeout("write", errno);
                }
            }
            return true;
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            while (true) {
                operation.check();
                int count = Native.read(descriptor, bytes);
                if (count > 0) {
                    return count;
                }
                if (count == 0) {
                    return -1;
                }
                Errno errno = Native.getLastError();
                if (errno == Errno.ECONNRESET) {
                    return -1;
                }
                failUnlessTimeout("read", errno);
            }
        }

        @Override
        public int peerUser() throws IOException {
            if (Platform.getNativePlatform().getOS() == Platform.OS.LINUX) {
                Credentials credentials = channel.getOption(UnixSocketOptions.SO_PEERCRED);
                return credentials.getUid();
            }
            // Elsewhere JNR does not know it; the socket's owner is the next best.
            return (int) Files.getAttribute(socket, "unix:uid");
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                Native.close(descriptor);
            }
        }

        private static void failUnlessTimeout(String call, Errno errno) throws IOException {
            if (errno != Errno.EAGAIN && errno != Errno.EWOULDBLOCK) {
                throw failed(call, errno);
            }
        }
    }
}
