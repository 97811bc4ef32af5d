package io.wgsd.relay.transport;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.wgsd.relay.roster.Source;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Packets that are sent with one system call (sendmmsg(2)), where packets for one target go through the system together
 * (UDP_SEGMENT, udp(7)): of these all but the last have one length.
 *
 * <p>Packets for one target leave in the order in which they were added. Where the system or a network card cannot send
 * them together, they are sent one by one, also for a while after that. Not thread-safe.
 */
final class SendBatch {

    /** For how many batches nothing is sent together after that has failed. */
    private static final int PAUSE = 1000;
    /** UDP_MAX_SEGMENTS (include/linux/udp.h), and what fits one datagram with its headers. */
    private static final int MOST_TOGETHER = 64;

    private static final int MOST_BYTES = 65_000;
    /** The search for a group costs less than a packet that is sent alone. */
    private static final int LOOK_BACK = 64;

    private static final int MSG_DONTWAIT = 0x40;
    private static final int EINTR = 4;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;

    // struct mmsghdr, whose first part is struct user_msghdr, struct iovec, and struct cmsghdr with an unsigned short
    private static final int HEADER = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int IOVEC = 16;
    private static final int IOVEC_LENGTH = 8;
    private static final int ADDRESS = 32;
    private static final int CONTROLS = 24;
    private static final int CONTROL_USED = 18;
    private static final int CONTROL_LEVEL = 8;
    private static final int CONTROL_TYPE = 12;
    private static final int CONTROL_SIZE = 16;

    private final int vectorsAt;
    private final int targetsAt;
    private final int controlsAt;
    private final long base;
    private final Memory memory;
    private final ByteBuffer bytes;

    // Of each packet: where it is, how long, and which one of its group comes next.
    private final long[] addresses;
    private final int[] lengths;
    private final int[] next;
    private int packets;

    // Of each group: its target, its packets, and whether it is full.
    private final Source[] targets;
    private final int[] first;
    private final int[] last;
    private final int[] count;
    private final int[] sum;
    private final boolean[] full;
    private int groups;

    private int pause;

    /** Makes a batch for so many packets. */
    SendBatch(int size) {
        vectorsAt = size * HEADER;
        targetsAt = vectorsAt + size * IOVEC;
        controlsAt = targetsAt + size * ADDRESS;
        int total = controlsAt + size * CONTROLS;
        memory = new Memory(total);
        memory.clear();
        base = Pointer.nativeValue(memory);
        bytes = memory.getByteBuffer(0, total).order(ByteOrder.LITTLE_ENDIAN);
        addresses = new long[size];
        lengths = new int[size];
        next = new int[size];
        targets = new Source[size];
        first = new int[size];
        last = new int[size];
        count = new int[size];
        sum = new int[size];
        full = new boolean[size];
        for (int i = 0; i < size; i++) {
            bytes.putLong(i * HEADER + NAME, base + targetsAt + (long) i * ADDRESS);
            bytes.putInt(i * HEADER + NAME_LENGTH, NativeSocket.ADDRESS_LENGTH);
            bytes.putShort(targetsAt + i * ADDRESS, (short) NativeSocket.AF_INET6);
            int control = controlsAt + i * CONTROLS;
            bytes.putLong(control, CONTROL_USED);
            bytes.putInt(control + CONTROL_LEVEL, SOL_UDP);
            bytes.putInt(control + CONTROL_TYPE, UDP_SEGMENT);
        }
    }

    /**
     * Adds a packet.
     *
     * @param address where it is in memory, until it is sent
     * @param length how long it is, 1 or more
     * @param to where to
     */
    void add(long address, int length, Source to) {
        int packet = packets++;
        addresses[packet] = address;
        lengths[packet] = length;
        next[packet] = -1;
        int group = pause > 0 ? -1 : groupOf(to);
        if (group < 0 || full[group] || length > lengths[first[group]] || sum[group] + length > MOST_BYTES) {
            begin(packet, to);
        } else {
            next[last[group]] = packet;
            last[group] = packet;
            count[group]++;
            sum[group] += length;
            full[group] = length < lengths[first[group]] || count[group] == MOST_TOGETHER;
        }
    }

    /** Returns the last group for a target, -1 where there is none among those that were begun last. */
    private int groupOf(Source to) {
        for (int group = groups - 1; group >= Math.max(0, groups - LOOK_BACK); group--) {
            if (targets[group].equals(to)) {
                return group;
            }
        }
        return -1;
    }

    private void begin(int packet, Source to) {
        int group = groups++;
        targets[group] = to;
        first[group] = packet;
        last[group] = packet;
        count[group] = 1;
        sum[group] = lengths[packet];
        full[group] = false;
    }

    /**
     * Sends the packets, and is empty then.
     *
     * @return how many could not be sent
     */
    int send(int descriptor) {
        pause = Math.max(0, pause - 1);
        int vector = 0;
        for (int group = 0; group < groups; group++) {
            header(group, targets[group], vector, count[group]);
            for (int packet = first[group]; packet >= 0; packet = next[packet]) {
                vector(vector++, packet);
            }
        }
        int failed = 0;
        for (int sent = 0; sent < groups; ) {
            int more = send(descriptor, sent, groups - sent);
            if (more > 0) {
                sent += more;
            } else {
                failed += count[sent] == 1 ? 1 : oneByOne(descriptor, sent);
                sent++;
            }
        }
        packets = 0;
        groups = 0;
        return failed;
    }

    /** Sends the packets of a group that cannot be sent together; its own header serves for each. */
    private int oneByOne(int descriptor, int group) {
        pause = PAUSE;
        int vector = (int) ((bytes.getLong(group * HEADER + VECTOR) - base - vectorsAt) / IOVEC);
        int failed = 0;
        for (int i = 0; i < count[group]; i++) {
            header(group, targets[group], vector + i, 1);
            failed += send(descriptor, group, 1) > 0 ? 0 : 1;
        }
        return failed;
    }

    private static int interrupted(int result) {
        return result < 0 && Native.getLastError() == EINTR ? 0 : result;
    }

    private int send(int descriptor, int from, int number) {
        int sent;
        do {
            sent = interrupted(SocketCalls.sendmmsg(descriptor, base + (long) from * HEADER, number, MSG_DONTWAIT));
        } while (sent == 0);
        return sent;
    }

    private void header(int at, Source to, int vector, int number) {
        int header = at * HEADER;
        bytes.putLong(header + VECTOR, base + vectorsAt + (long) vector * IOVEC);
        bytes.putLong(header + VECTOR_COUNT, number);
        bytes.putLong(header + CONTROL, number == 1 ? 0 : base + controlsAt + (long) at * CONTROLS);
        bytes.putLong(header + CONTROL_LENGTH, number == 1 ? 0 : CONTROLS);
        int target = targetsAt + at * ADDRESS;
        bytes.putShort(target + NativeSocket.PORT_AT, Short.reverseBytes((short) to.rest()));
        bytes.putLong(target + NativeSocket.HIGH_AT, Long.reverseBytes(to.high()));
        bytes.putLong(target + NativeSocket.LOW_AT, Long.reverseBytes(to.low()));
        bytes.putInt(target + NativeSocket.SCOPE_AT, (int) (to.rest() >>> Integer.SIZE));
        bytes.putShort(controlsAt + at * CONTROLS + CONTROL_SIZE, (short) lengths[first[at]]);
    }

    private void vector(int at, int packet) {
        int vector = vectorsAt + at * IOVEC;
        bytes.putLong(vector, addresses[packet]);
        bytes.putLong(vector + IOVEC_LENGTH, lengths[packet]);
    }
}
