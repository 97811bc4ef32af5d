package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.transport.ErrnoException;
import io.wgsd.backend.netlink.transport.NetlinkSocket;
import io.wgsd.backend.netlink.transport.NetlinkSockets;
import io.wgsd.internal.Errno;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A kernel that speaks netlink about a WireGuard in memory: it can be of any age, be interrupted, forget its family and
 * fail just so, which a real one does only when one cannot look. The contract runs over the real one, too.
 */
final class FakeKernel implements NetlinkSockets {

    private static final int GETFAMILY = 0x10;
    private static final int GETLINK = 18;

    private final MemoryWireGuard wireGuard;
    private final List<String> others = new ArrayList<>();
    private final boolean removesPrefixes;
    private final List<List<Tlv>> written = new ArrayList<>();
    final AtomicInteger interruptions = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile int family = 20;
    volatile boolean mute;
    volatile int nextErrno;
    volatile String said = "";

    FakeKernel(MemoryWireGuard wireGuard, boolean removesPrefixes) {
        this.wireGuard = wireGuard;
        this.removesPrefixes = removesPrefixes;
    }

    /** Returns the attributes of all changes that were asked for, a list for each message. */
    List<List<Tlv>> written() {
        synchronized (written) {
            return List.copyOf(written);
        }
    }

    @Override
    public NetlinkSocket open(int protocol) throws ErrnoException {
        opened.incrementAndGet();
        return new FakeSocket(this);
    }

    @Override
    public int interfaceIndex(String name) {
        return name.equals("lo") ? 1 : 0;
    }

    /** Returns the messages that answer a request, each with its header. */
    List<byte[]> answer(byte[] request) throws WireGuardException {
        ByteBuffer in = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
        int type = Short.toUnsignedInt(in.getShort(4));
        int sequence = in.getInt(8);
        if (nextErrno != 0) {
            int errno = nextErrno;
            nextErrno = 0;
            return List.of(error(sequence, errno));
        }
        if (type == GETLINK) {
            return links(sequence);
        }
        if (type == GETFAMILY) {
            return families(sequence, request.length > 20);
        }
        if (type != family) {
            return List.of(error(sequence, Errno.ENOENT));
        }
        byte[] attributes = new byte[request.length - 20];
        in.get(20, attributes);
        List<Tlv> parsed = Tlv.read(attributes);
        return in.get(16) == 0 ? dump(sequence, parsed) : List.of(error(sequence, set(parsed)));
    }

    private List<byte[]> dump(int sequence, List<Tlv> request) throws WireGuardException {
        String name = name(request);
        boolean interrupted = interruptions.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        List<byte[]> answer = new ArrayList<>();
        try (PeerSource source = wireGuard.source()) {
            Device device = source.read(name);
            try (DeviceSecrets secrets = source.secrets(name)) {
                for (List<Tlv> message : KernelCodec.dump(device, secrets)) {
                    answer.add(message(family, interrupted ? 0x12 : 2, sequence, generic(message)));
                }
            }
        } catch (NoSuchDeviceException e) {
            return List.of(error(sequence, Errno.ENODEV));
        }
        answer.add(message(3, 2, sequence, new byte[4]));
        return answer;
    }

    private int set(List<Tlv> request) throws WireGuardException {
        synchronized (written) {
            written.add(request);
        }
        List<SecretKey> secrets = new ArrayList<>();
        try (PeerSource source = wireGuard.source()) {
            DeviceChange change = KernelCodec.change(request, removesPrefixes, secrets);
            source.apply(name(request), change);
            return 0;
        } catch (NoSuchDeviceException e) {
            return Errno.ENODEV;
        } catch (RejectedException e) {
            return Errno.EADDRINUSE;
        } catch (IllegalArgumentException e) {
            return Errno.EINVAL;
        } finally {
            secrets.forEach(SecretKey::close);
        }
    }

    /** Has a WireGuard of this name, which need not be one that this library speaks of. */
    void hasAlso(String name) {
        others.add(name);
    }

    private List<byte[]> links(int sequence) throws WireGuardException {
        List<byte[]> answer = new ArrayList<>();
        // Without the module loaded, interfaces of all kinds are sent.
        answer.add(message(16, 2, sequence, link("eth0", "veth")));
        try (PeerSource source = wireGuard.source()) {
            for (String name : source.deviceNames()) {
                answer.add(message(16, 2, sequence, link(name, "wireguard")));
            }
            for (String name : others) {
                answer.add(message(16, 2, sequence, link(name, "wireguard")));
            }
        }
        answer.add(message(3, 2, sequence, new byte[4]));
        return answer;
    }

    private List<byte[]> families(int sequence, boolean byName) {
        List<byte[]> answer = new ArrayList<>();
        if (!byName) {
            answer.add(message(0x10, 2, sequence, generic(List.of(Tlv.string(2, "nlctrl"), Tlv.u16(1, 0x10)))));
        } else if (family == 0) {
            return List.of(error(sequence, Errno.ENOENT));
        }
        if (family != 0) {
            answer.add(message(0x10, 2, sequence, generic(List.of(Tlv.string(2, "wireguard"), Tlv.u16(1, family)))));
        }
        answer.add(byName ? error(sequence, 0) : message(3, 2, sequence, new byte[4]));
        return answer;
    }

    private byte[] error(int sequence, int errno) {
        byte[] words = said.isEmpty() ? new byte[0] : Tlv.write(List.of(Tlv.string(1, said)));
        ByteBuffer payload = ByteBuffer.allocate(20 + words.length).order(ByteOrder.nativeOrder());
        payload.putInt(-errno).putInt(36).position(20);
        payload.put(words);
        return message(2, said.isEmpty() ? 0x100 : 0x300, sequence, payload.array());
    }

    private static byte[] link(String name, String kind) {
        byte[] attributes = Tlv.write(List.of(Tlv.string(3, name), Tlv.nest(18, List.of(Tlv.string(1, kind)))));
        return ByteBuffer.allocate(16 + attributes.length)
                .position(16)
                .put(attributes)
                .array();
    }

    private static byte[] generic(List<Tlv> attributes) {
        byte[] bytes = Tlv.write(attributes);
        return ByteBuffer.allocate(4 + bytes.length).position(4).put(bytes).array();
    }

    private static byte[] message(int type, int flags, int sequence, byte[] payload) {
        return ByteBuffer.allocate((16 + payload.length + 3) & ~3)
                .order(ByteOrder.nativeOrder())
                .putInt(16 + payload.length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(0)
                .put(payload)
                .array();
    }

    private static String name(List<Tlv> request) {
        return request.stream()
                .filter(each -> each.type() == 2)
                .findFirst()
                .orElseThrow()
                .text();
    }
}
