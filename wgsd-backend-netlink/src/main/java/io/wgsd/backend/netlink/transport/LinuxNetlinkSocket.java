package io.wgsd.backend.netlink.transport;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.wgsd.internal.Errno;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One netlink socket, and memory outside the heap for what goes through it: there no copy stays behind that could not
 * be wiped, and it is freed when the socket is closed.
 *
 * <p>Only the thread that uses the socket closes it, since a descriptor that another thread closes may by then be
 * another file's. Nor would closing wake a thread that waits on it (measured). So a wait is cut into slices, between
 * which the operation is asked whether it is still wanted.
 */
final class LinuxNetlinkSocket implements NetlinkSocket {

    /** The longest nest of attributes, whose length is a u16, and a little less than half the usual send buffer. */
    private static final int REQUEST_BYTES = 64 * 1024;

    /** The kernel fills no more than this in one go (net/netlink/af_netlink.c, netlink_recvmsg and netlink_dump). */
    private static final int REPLY_BYTES = 32 * 1024;

    /** How late a deadline, an interrupt or a close may be noticed. */
    private static final int SLICE_MILLIS = 20;

    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int POLLIN = 1;

    /** The length of struct sockaddr_nl: u16 family, u16 padding, u32 port, u32 groups. */
    private static final int SOCKADDR_NL = 12;

    private static final int SENDER_PORT = 4;

    /** Room for the arguments of poll and recvfrom: struct pollfd, then struct sockaddr_nl, then its length. */
    private static final int POLLFD = 8;

    private static final int SENDER = POLLFD;
    private static final int SENDER_LENGTH = SENDER + SOCKADDR_NL;
    private static final int ARGUMENTS_BYTES = SENDER_LENGTH + Integer.BYTES;

    private final int descriptor;
    private final Memory request = new Memory(REQUEST_BYTES);
    private final Memory reply = new Memory(REPLY_BYTES);
    private final Memory arguments = new Memory(ARGUMENTS_BYTES);
    private final Pointer sender = arguments.share(SENDER);
    private final Pointer senderLength = arguments.share(SENDER_LENGTH);
    private final ByteBuffer requestBytes =
            request.getByteBuffer(0, REQUEST_BYTES).order(ByteOrder.nativeOrder());
    private final ByteBuffer replyBytes = reply.getByteBuffer(0, REPLY_BYTES).order(ByteOrder.nativeOrder());
    private int mostSent;
    private int mostReceived;
    private boolean closed;

    LinuxNetlinkSocket(int descriptor) {
        this.descriptor = descriptor;
        arguments.setInt(0, descriptor);
        arguments.setInt(4, POLLIN);
    }

    @Override
    public ByteBuffer request() {
        return requestBytes;
    }

    @Override
    public void send() throws IOException {
        int length = requestBytes.limit();
        mostSent = Math.max(mostSent, length);
        int sent;
        do {
            // No address: an unconnected netlink socket's other side is the kernel.
            sent = LibC.send(descriptor, request, new NativeLong(length), 0).intValue();
        } while (sent < 0 && Native.getLastError() == Errno.EINTR);
        if (sent < 0) {
            throw new ErrnoException("send", Native.getLastError());
        }
    }

    @Override
    public ByteBuffer receive(Operation operation) throws IOException {
        while (true) {
            operation.check();
            // The kernel has mostly answered by the time that send returns, so waiting comes second.
            int length = tryReceive();
            if (length > REPLY_BYTES) {
                throw new ProtocolException("a datagram of " + length + " bytes, more than the kernel was to send");
            }
            if (length >= 0) {
                mostReceived = Math.max(mostReceived, length);
                if (arguments.getInt(SENDER + SENDER_PORT) == 0) {
                    return replyBytes.clear().limit(length);
                }
                // From another process, not from the kernel.
            } else {
                await(operation);
            }
        }
    }

    @Override
    public void wipe() {
        request.clear(mostSent);
        reply.clear(mostReceived);
        mostSent = 0;
        mostReceived = 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            wipe();
            request.close();
            reply.close();
            arguments.close();
            LibC.close(descriptor);
        }
    }

    /** Returns the length of the next datagram, which may be more than was received; -1 where there is none yet. */
    private int tryReceive() throws ErrnoException {
        arguments.setInt(SENDER_LENGTH, SOCKADDR_NL);
        int length = LibC.recvfrom(
                        descriptor, reply, new NativeLong(REPLY_BYTES), MSG_DONTWAIT | MSG_TRUNC, sender, senderLength)
                .intValue();
        if (length >= 0) {
            return length;
        }
        int errno = Native.getLastError();
        if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
            return -1;
        }
        throw new ErrnoException("recv", errno);
    }

    private void await(Operation operation) throws ErrnoException {
        int millis = (int) Math.min(SLICE_MILLIS, operation.remaining().toMillis() + 1);
        if (LibC.poll(arguments, new NativeLong(1), millis) < 0) {
            int errno = Native.getLastError();
            if (errno != Errno.EINTR) {
                throw new ErrnoException("poll", errno);
            }
        }
    }
}
