package io.wgsd.backend.uapi.transport;

import io.wgsd.internal.Errno;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;

/**
 * Reaches WireGuard's sockets by the Java runtime's own means (JEP 380), on Linux: without native code of others, which
 * takes long to load.
 *
 * <p>The runtime does not report error numbers, and its messages are the system's in the user's language. So what an
 * error is comes from its class and from what is at the path.
 */
public final class JdkUapiTransport implements UapiTransport {

    /** How long one wait may take, and therefore how late a deadline or a close may be noticed. */
    private static final int SLICE_MILLIS = 20;

    /** What fits into sockaddr_un beside the final zero (unix(7)). */
    private static final int MAX_PATH_BYTES = 107;

    private static final Path OWN_PROCESS = Path.of("/proc/self");
    /**
     * The sockets of this network namespace: number, references, protocol, flags, type, state, inode, path (proc(5)).
     */
    private static final Path SOCKETS = Path.of("/proc/net/unix");

    private static final int TYPE_COLUMN = 4;
    private static final int PATH_COLUMN = 7;
    private static final String STREAM = "0001";

    /** Returns whether this system reports all that is needed. */
    public static boolean fits() {
        return System.getProperty("os.name", "").startsWith("Linux") && Files.exists(OWN_PROCESS);
    }

    @Override
    public UapiConnection open(Path socket, Operation operation) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw failed("connect", Errno.ENAMETOOLONG);
        }
        while (true) {
            operation.check();
            SocketChannel channel = create();
            boolean connected = false;
            try {
                connected = connect(channel, socket, operation);
                if (connected) {
                    return new Connection(channel, operation);
                }
            } finally {
                if (!connected) {
                    channel.close();
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS));
        }
    }

    @Override
    public int ownUser() {
        try {
            return (int) Files.getAttribute(OWN_PROCESS, "unix:uid");
        } catch (IOException e) {
            throw new IllegalStateException("/proc does not say whose process this is", e);
        }
    }

    private static SocketChannel create() throws IOException {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.configureBlocking(false);
            return channel;
        } catch (SocketException e) {
            throw failed("socket", Errno.EMFILE);
        }
    }

    /** Returns false where the listener's queue is full. */
    private static boolean connect(SocketChannel channel, Path socket, Operation operation) throws IOException {
        try {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (ClosedByInterruptException e) {
            operation.check();
            throw e;
        } catch (ConnectException e) {
            throw failed("connect", Errno.ECONNREFUSED);
        } catch (BindException e) {
            throw failed("connect", Errno.EACCES);
        } catch (SocketException e) {
            if (!Files.exists(socket)) {
                throw failed("connect", Errno.ENOENT);
            }
            if (!mayBeStream(socket)) {
                throw failed("connect", Errno.EPROTOTYPE);
            }
            return false;
        }
    }

    private static boolean mayBeStream(Path socket) throws IOException {
        try (Stream<String> lines = Files.lines(SOCKETS)) {
            return lines.map(line -> line.strip().split("\\s+", PATH_COLUMN + 1))
                    .filter(columns -> columns.length > PATH_COLUMN && columns[PATH_COLUMN].equals(socket.toString()))
                    .allMatch(columns -> columns[TYPE_COLUMN].equals(STREAM));
        }
    }

    private static ErrnoException failed(String call, int errno) {
        return new ErrnoException(call, Errno.name(errno), errno);
    }

    private final class Connection implements UapiConnection {

        private final SocketChannel channel;
        private final Selector selector;
        private final SelectionKey key;
        private final Operation operation;

        Connection(SocketChannel channel, Operation operation) throws IOException {
            this.channel = channel;
            this.operation = operation;
            selector = Selector.open();
            key = channel.register(selector, 0);
        }

        @Override
        public boolean write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                operation.check();
                try {
                    if (channel.write(bytes) == 0) {
                        await(SelectionKey.OP_WRITE);
                    }
                } catch (ClosedByInterruptException e) {
                    operation.check();
                    throw e;
                } catch (IOException e) {
                    // What it sent before, if anything, is read next.
                    return false;
                }
            }
            return true;
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            while (true) {
                operation.check();
                try {
                    int count = channel.read(bytes);
                    if (count != 0) {
                        return count;
                    }
                    await(SelectionKey.OP_READ);
                } catch (ClosedByInterruptException e) {
                    operation.check();
                    throw e;
                } catch (SocketException e) {
                    // The other side has gone without reading all: "connection reset".
                    return -1;
                }
            }
        }

        @Override
        public int peerUser() throws IOException {
            UserPrincipal peer =
                    channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
            FileSystem files = OWN_PROCESS.getFileSystem();
            for (int known : new int[] {ownUser(), 0}) {
                // A number is taken as such, unless a user has it for a name, which useradd(8) refuses.
                if (peer.equals(files.getUserPrincipalLookupService().lookupPrincipalByName(String.valueOf(known)))) {
                    return known;
                }
            }
            return number(peer.getName());
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                selector.close();
            }
        }

        private void await(int what) throws IOException {
            key.interestOps(what);
            selector.select(SLICE_MILLIS);
            selector.selectedKeys().clear();
        }
    }

    /** Returns the number of somebody else, for people to read; -1 where it is not known. */
    private static int number(String user) throws IOException {
        if (user.chars().allMatch(Character::isDigit)) {
            return Integer.parseInt(user);
        }
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.split(":", 4))
                    .filter(fields -> fields.length == 4 && fields[0].equals(user))
                    .map(fields -> Integer.parseInt(fields[2]))
                    .findFirst()
                    .orElse(-1);
        }
    }
}
