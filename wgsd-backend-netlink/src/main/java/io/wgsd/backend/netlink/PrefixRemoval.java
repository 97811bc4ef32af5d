package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.codec.ChangeWriter;
import io.wgsd.backend.netlink.codec.PeerPart;
import io.wgsd.backend.netlink.transport.ErrnoException;
import io.wgsd.internal.Errno;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes single allowed IPs: by the kernel's own means since Linux 6.16, and by a detour before.
 *
 * <p>The detour gives the prefixes to a new peer, from which they move away by themselves, and removes that peer, all
 * in one transaction. So those that another program adds meanwhile stay, and no session is touched; but a prefix that
 * another program moves to another peer between the reading and the writing is removed there. Thread-safe.
 */
final class PrefixRemoval {

    /** Twice as many still fit into one message. */
    private static final int MOST_AT_ONCE = 700;

    private static final int LINUX_5_6 = 506;

    private enum Means {
        UNKNOWN,
        KERNEL,
        DETOUR
    }

    private final int linux;
    private volatile Means means = Means.UNKNOWN;

    /** Begins without knowing what a kernel can, of which this is the release, as in {@code 6.1.0-18-amd64}. */
    PrefixRemoval(String release) {
        linux = version(release);
    }

    /** Returns whether the kernel is known to do it itself. */
    boolean isTheKernels() {
        return means == Means.KERNEL;
    }

    /** Reports that a request was refused, perhaps because the kernel cannot do what it seemed to. */
    void mayBeWrong() {
        means = Means.UNKNOWN;
    }

    /**
     * Finds out what the kernel can do, once: it is asked to remove an allowed IP of an existing peer that nobody has,
     * which changes nothing. An older kernel refuses the flag. But WireGuard's module for kernels before 5.6 would
     * overlook it, and add the prefix; it is not asked.
     */
    void find(Kernel kernel, Operation operation, ChangeRun.Readings readings) throws IOException {
        if (means != Means.UNKNOWN) {
            return;
        }
        if (linux < LINUX_5_6) {
            means = Means.DETOUR;
            return;
        }
        List<Peer> peers = readings.read().device().peers();
        if (!peers.isEmpty()) {
            means = understands(kernel, operation, peers.get(0).publicKey()) ? Means.KERNEL : Means.DETOUR;
        }
    }

    private static boolean understands(Kernel kernel, Operation operation, PublicKey peer) throws IOException {
        // Of the prefix for documentation (RFC 3849).
        byte[] address = random(16);
        System.arraycopy(new byte[] {0x20, 0x01, 0x0d, (byte) 0xb8}, 0, address, 0, 4);
        PeerChange step = DeviceChange.builder()
                .peer(peer)
                .updateOnly()
                .removeAllowedIp(IpPrefix.of(IpAddress.of(address)))
                .build()
                .peers()
                .get(0);
        try {
            kernel.change(operation, (conversation, family) -> {
                ChangeWriter out = new ChangeWriter(
                        conversation.request(),
                        family,
                        operation.device(),
                        conversation::nextSequence,
                        endpoint -> 0,
                        message -> {});
                out.write(PeerPart.of(step, true));
                out.flush();
                Kernel.carryOut(conversation, operation);
            });
            return true;
        } catch (ErrnoException e) {
            if (e.number() == Errno.EINVAL) {
                return false;
            }
            throw e;
        }
    }

    /** Returns what removes a step's prefixes from the peer that it concerns, each list in one message. */
    static List<List<PeerPart>> detours(PeerChange step, Device before) {
        List<IpPrefix> own = ownAmongRemoved(step, before);
        List<List<PeerPart>> detours = new ArrayList<>();
        for (int from = 0; from < own.size(); from += MOST_AT_ONCE) {
            PublicKey nobody = PublicKey.of(random(PublicKey.LENGTH));
            List<IpPrefix> some = own.subList(from, Math.min(own.size(), from + MOST_AT_ONCE));
            detours.add(List.of(PeerPart.addition(nobody, some), PeerPart.removal(nobody)));
        }
        return detours;
    }

    /** Returns those to be removed that the peer has by then: what others have must stay theirs. */
    private static List<IpPrefix> ownAmongRemoved(PeerChange step, Device before) {
        List<IpPrefix> had = before.peer(step.publicKey()).map(Peer::allowedIps).orElse(List.of());
        boolean isAbsent = before.peer(step.publicKey()).isEmpty();
        // The kernel ignores a device's own key as a peer.
        boolean isOwn = before.publicKey().equals(Optional.of(step.publicKey()));
        if (isOwn || (isAbsent && step.isUpdateOnly())) {
            return List.of();
        }
        Set<IpPrefix> own = new HashSet<>(step.isReplaceAllowedIps() ? List.of() : had);
        own.addAll(step.addedAllowedIps());
        return step.removedAllowedIps().stream()
                .distinct()
                .filter(own::contains)
                .toList();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** Returns 506 for 5.6; a release that cannot be read is taken for an old one. */
    private static int version(String release) {
        String[] numbers = release.split("\\D+", 3);
        try {
            return Integer.parseInt(numbers[0]) * 100 + Integer.parseInt(numbers[1]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return 0;
        }
    }
}
