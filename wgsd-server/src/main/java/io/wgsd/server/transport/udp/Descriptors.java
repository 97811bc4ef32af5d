package io.wgsd.server.transport.udp;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Finds out the descriptor of a socket, which the Java runtime does not hand out, on Linux.
 *
 * <p>It is done by question and answer: the size of the socket's receive buffer is set to a random value, and every
 * descriptor of this process that does not show it is ruled out; then again, with another value, until one is left.
 * Other sockets are only looked at. Loading this class needs JNA and native access.
 */
public final class Descriptors {

    // include/uapi/asm-generic/socket.h
    public static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    /** Each buffer size is above the kernel's least one and below every system's greatest (net.core.rmem_max). */
    private static final int LEAST_MARK = 8192;

    private static final int MARKS = 32_768;
    private static final int ROUNDS = 8;

    private final Function getsockopt;
    private final Random random = new Random();

    public Descriptors() {
        getsockopt = NativeLibrary.getInstance("c").getFunction("getsockopt", Function.THROW_LAST_ERROR);
    }

    /**
     * Returns a socket's descriptor, which is the socket's for as long as that is open.
     *
     * @param socket an open socket, whose receive buffer's size is to be set afterwards
     * @throws IOException if it cannot be found out
     */
    public int of(NetworkChannel socket) throws IOException {
        List<Integer> candidates = openDescriptors();
        for (int round = 0; round < ROUNDS && (round < 2 || candidates.size() > 1); round++) {
            int mark = LEAST_MARK + random.nextInt(MARKS);
            socket.setOption(StandardSocketOptions.SO_RCVBUF, mark);
            // The kernel doubles what it is given, to make room for its own bookkeeping.
            candidates.removeIf(descriptor -> receiveBuffer(descriptor) != 2 * mark);
        }
        if (candidates.size() != 1) {
            throw new SocketException("cannot tell which of this process's descriptors is the socket's");
        }
        return candidates.get(0);
    }

    private int receiveBuffer(int descriptor) {
        int[] value = new int[1];
        try {
            getsockopt.invokeInt(new Object[] {descriptor, SOL_SOCKET, SO_RCVBUF, value, new int[] {Integer.BYTES}});
            return value[0];
        } catch (LastErrorException e) {
            return -1;
        }
    }

    private static List<Integer> openDescriptors() throws IOException {
        List<Integer> descriptors = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path entry : entries) {
                descriptors.add(Integer.valueOf(entry.getFileName().toString()));
            }
        }
        return descriptors;
    }
}
