package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.codec.ChangeWriter;
import io.wgsd.backend.netlink.codec.DeviceDecoder;
import io.wgsd.backend.netlink.codec.Families;
import io.wgsd.backend.netlink.codec.Links;
import io.wgsd.backend.netlink.codec.Requests;
import io.wgsd.backend.netlink.codec.Snapshot;
import io.wgsd.backend.netlink.transport.ErrnoException;
import io.wgsd.internal.Errno;
import io.wgsd.model.Device;
import io.wgsd.spi.InterruptedDumpException;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the kernel can be asked: which WireGuard devices it has, for one of them, and to change it. Thread-safe. */
final class Kernel {

    /** How often a dump is started again because the device was changed in the middle of it. */
    private static final int MOST_DUMPS = 10;

    private final Conversations conversations;
    private volatile int family;

    Kernel(Conversations conversations) {
        this.conversations = conversations;
    }

    /** Writes a change. */
    interface Change {
        void write(Conversation conversation, int family) throws IOException;
    }

    /**
     * Returns the names of all interfaces of WireGuard's kind. Interfaces that come and go meanwhile may be missing: a
     * busy system would never end listing otherwise. Some names may be such that this library refuses to speak of them.
     */
    Set<String> deviceNames(Operation operation) throws IOException {
        Set<String> names = new TreeSet<>();
        conversations.useRoute(operation, route -> {
            Links.list(route.request(), route.nextSequence());
            return route.exchange(
                    operation,
                    (type, payload) -> Links.wireGuardName(type, payload).ifPresent(names::add));
        });
        return names;
    }

    /** Reads a device; the caller closes the snapshot. */
    Snapshot read(Operation operation, boolean keepSecrets, @Nullable Device previous) throws IOException {
        return withFamily(
                operation,
                number -> conversations.use(operation, conversation -> {
                    for (int dump = 0; dump < MOST_DUMPS; dump++) {
                        Optional<Snapshot> whole = dump(conversation, operation, number, keepSecrets, previous);
                        if (whole.isPresent()) {
                            return whole.get();
                        }
                    }
                    throw new InterruptedDumpException(operation.origin(), MOST_DUMPS);
                }));
    }

    /** Changes a device. */
    void change(Operation operation, Change change) throws IOException {
        withFamily(
                operation,
                number -> conversations.use(operation, conversation -> {
                    change.write(conversation, number);
                    return true;
                }));
    }

    /** Returns what sends a message of {@link ChangeWriter}'s and waits until the kernel has carried it out. */
    static boolean carryOut(Conversation conversation, Operation operation) throws IOException {
        return conversation.exchange(operation, (type, payload) -> {});
    }

    /** Returns whether the kernel has WireGuard; unlike asking for its family by name this does not load the module. */
    boolean hasWireGuard(Operation operation) throws IOException {
        boolean[] found = new boolean[1];
        conversations.use(operation, conversation -> {
            Families.list(conversation.request(), conversation.nextSequence());
            return conversation.exchange(
                    operation,
                    (type, payload) ->
                            found[0] |= Families.wireGuardId(type, payload).isPresent());
        });
        return found[0];
    }

    private static Optional<Snapshot> dump(
            Conversation conversation, Operation operation, int family, boolean keepSecrets, @Nullable Device previous)
            throws IOException {
        try (DeviceDecoder decoder = new DeviceDecoder(operation.device(), keepSecrets, previous)) {
            Requests.getDevice(conversation.request(), family, conversation.nextSequence(), operation.device());
            boolean interrupted = conversation.exchange(operation, (type, payload) -> {
                if (type == family) {
                    decoder.message(payload);
                }
            });
            return interrupted ? Optional.empty() : Optional.of(decoder.snapshot());
        }
    }

    private interface WithFamily<T> {
        T call(int family) throws IOException;
    }

    /** Calls with the family's number, and once more with a new one where the module was loaded again meanwhile. */
    private <T> T withFamily(Operation operation, WithFamily<T> call) throws IOException {
        int known = family;
        if (known != 0) {
            try {
                return call.call(known);
            } catch (ErrnoException e) {
                if (!isUnknownFamily(e)) {
                    throw e;
                }
            }
        }
        int found = findFamily(operation);
        family = found;
        return call.call(found);
    }

    /** Returns whether a failure is the kernel's answer to a family that it has not got (any more). */
    static boolean isUnknownFamily(IOException failure) {
        return failure instanceof ErrnoException errno && errno.number() == Errno.ENOENT;
    }

    private int findFamily(Operation operation) throws IOException {
        int[] found = new int[1];
        conversations.use(operation, conversation -> {
            Families.find(conversation.request(), conversation.nextSequence());
            return conversation.exchange(operation, (type, payload) -> {
                OptionalInt id = Families.wireGuardId(type, payload);
                if (id.isPresent()) {
                    found[0] = id.getAsInt();
                }
            });
        });
        if (found[0] == 0) {
            throw new ErrnoException(Errno.ENOENT, "");
        }
        return found[0];
    }
}
