package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.codec.Snapshot;
import io.wgsd.backend.netlink.transport.NetlinkSockets;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.Operation;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The kernel's WireGuard as a peer source; {@link NetlinkPeerSourceProvider} says how it behaves. */
final class NetlinkPeerSource implements PeerSource {

    private static final ErrorOrigin ORIGIN = ErrorOrigin.of(NetlinkPeerSourceProvider.NAME);

    private static final Capabilities CAPABILITIES = Capabilities.builder()
            .atomicUpdateOnly(true)
            .atomicRestart(true)
            .singlePrefixRemoval(true)
            .consistentSnapshot(true)
            .handshakePrecision(Duration.ofNanos(1))
            .build();

    private final Conversations conversations;
    private final Kernel kernel;
    private final Scopes scopes;
    private final PrefixRemoval removal;
    private final Duration timeout;
    private volatile boolean closed;

    /**
     * Makes a source, which opens a socket when it is first asked.
     *
     * @param sockets what opens sockets
     * @param linux the kernel's release, as in {@code 6.1.0-18-amd64}
     * @param timeout how long each call may take
     */
    NetlinkPeerSource(NetlinkSockets sockets, String linux, Duration timeout) {
        this.timeout = timeout;
        conversations = new Conversations(sockets);
        kernel = new Kernel(conversations);
        scopes = new Scopes(sockets);
        removal = new PrefixRemoval(linux);
    }

    @Override
    public Set<String> deviceNames() throws WireGuardException {
        Operation operation = begin(ORIGIN, "listing");
        Set<String> all = call(operation, null, () -> kernel.deviceNames(operation));
        all.removeIf(name -> Device.whyNoName(name).isPresent());
        return Collections.unmodifiableSet(all);
    }

    @Override
    public Map<String, String> devicesLeftOut() throws WireGuardException {
        Operation operation = begin(ORIGIN, "listing");
        Map<String, String> leftOut = new TreeMap<>();
        for (String name : call(operation, null, () -> kernel.deviceNames(operation))) {
            Device.whyNoName(name).ifPresent(reason -> leftOut.put(name, "its name " + reason));
        }
        return Collections.unmodifiableMap(leftOut);
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        Operation operation = begin(device, "reading");
        Device previous = options.previous().orElse(null);
        return call(operation, null, () -> kernel.read(operation, false, previous))
                .device();
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        Operation operation = begin(device, "changing");
        if (change.isEmpty()) {
            // Even a message of nothing would interrupt others' dumps (wg_set_device, device_update_gen).
            find(operation);
            return;
        }
        call(operation, change, () -> {
            new ChangeRun(kernel, scopes, removal, operation, change).apply();
            return true;
        });
    }

    @Override
    public DeviceSecrets secrets(String device) throws WireGuardException {
        Operation operation = begin(device, "reading the secrets of");
        // Not closed here: its secrets are the caller's now.
        Snapshot read = call(operation, null, () -> kernel.read(operation, true, null));
        return read.secrets();
    }

    @Override
    public Capabilities capabilities(String device) throws WireGuardException {
        find(begin(device, "probing"));
        return CAPABILITIES;
    }

    @Override
    public void close() {
        closed = true;
        conversations.close();
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T call(Operation operation, @Nullable DeviceChange change, Call<T> call) throws WireGuardException {
        try {
            return call.run();
        } catch (IOException e) {
            WireGuardException failure = KernelErrors.of(operation, e, change);
            // The kernel checks the caller's rights before it looks for the device (GENL_UNS_ADMIN_PERM).
            if (failure instanceof NotPermittedException && !operation.device().isEmpty()) {
                find(operation);
            }
            throw failure;
        }
    }

    /** Fails where there is no such device, by means that anyone may use. */
    private void find(Operation operation) throws WireGuardException {
        Set<String> names;
        try {
            names = kernel.deviceNames(operation);
        } catch (IOException e) {
            throw KernelErrors.of(operation, e, null);
        }
        if (!names.contains(operation.device())) {
            throw new NoSuchDeviceException(operation.origin(), "the kernel has none");
        }
    }

    private Operation begin(String device, String action) throws WireGuardException {
        Operation operation = begin(ORIGIN.device(device), action);
        if (Device.whyNoName(device).isPresent()) {
            throw new NoSuchDeviceException(operation.origin(), "no interface can have that name");
        }
        return operation;
    }

    private Operation begin(ErrorOrigin origin, String action) throws WireGuardException {
        Operation operation = Operation.begin(origin, action, timeout, () -> closed);
        operation.check();
        return operation;
    }
}
