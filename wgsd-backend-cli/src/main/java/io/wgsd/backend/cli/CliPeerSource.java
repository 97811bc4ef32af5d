package io.wgsd.backend.cli;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.Operation;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** WireGuard by {@code wg}, as a peer source; {@link CliPeerSourceProvider} says how it behaves. */
final class CliPeerSource implements PeerSource {

    private static final ErrorOrigin ORIGIN = ErrorOrigin.of(CliPeerSourceProvider.NAME);

    private static final String A_WORD = "wg takes that name for a word of its own";

    /** What {@code wg show} takes for words of its own (src/show.c). */
    private static final Set<String> WORDS = Set.of("all", "interfaces");

    private final Wg wg;
    private final WgVersion version;
    private final Path sockets;
    private final Duration timeout;
    private volatile boolean closed;

    /**
     * Makes a source, which holds nothing open between calls.
     *
     * @param wg the program
     * @param version its version
     * @param sockets where userspace WireGuards have their sockets
     * @param timeout how long each call may take
     */
    CliPeerSource(Wg wg, WgVersion version, Path sockets, Duration timeout) {
        this.wg = wg;
        this.version = version;
        this.sockets = sockets;
        this.timeout = timeout;
    }

    @Override
    public Set<String> deviceNames() throws WireGuardException {
        Operation operation = begin(ORIGIN, "listing");
        return call(operation, null, () -> names(operation));
    }

    @Override
    public Map<String, String> devicesLeftOut() throws WireGuardException {
        Operation operation = begin(ORIGIN, "listing");
        return call(operation, null, () -> leftOut(operation));
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        Operation operation = begin(device, "reading");
        return call(
                operation,
                null,
                () -> new DeviceReader(wg)
                        .read(operation, kind(device), options.previous().orElse(null)));
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        Operation operation = begin(device, "changing");
        if (change.peers().stream().anyMatch(PeerChange::isRestart)) {
            find(operation);
            throw new UnsupportedException(
                    operation.origin(), "restart in one transaction", "remove the peer and add it again");
        }
        if (change.isEmpty()) {
            find(operation);
            return;
        }
        call(operation, change, () -> {
            Planner.Known before = Planner.needsReading(change, version.addsAllowedIps())
                    ? new DeviceReader(wg).readForChange(operation)
                    : Planner.Known.nothing();
            return carryOut(operation, change, Planner.plan(device, change, before, version.addsAllowedIps()));
        });
    }

    @Override
    public DeviceSecrets secrets(String device) throws WireGuardException {
        Operation operation = begin(device, "reading the secrets of");
        return call(operation, null, () -> {
            try (Output dump = wg.showSecrets(operation, device)) {
                return SecretDump.read(dump.out().bytes(), dump.out().length());
            }
        });
    }

    @Override
    public Capabilities capabilities(String device) throws WireGuardException {
        find(begin(device, "probing"));
        return Capabilities.none();
    }

    @Override
    public void close() {
        closed = true;
    }

    private boolean carryOut(Operation operation, DeviceChange change, List<Run> runs) throws IOException {
        List<PublicKey> applied = new ArrayList<>();
        boolean isFirst = true;
        for (Run run : runs) {
            try {
                carryOut(operation, run);
            } catch (IOException e) {
                WireGuardException failure = WgErrors.of(operation, e, change);
                throw isFirst || !(failure instanceof RejectedException)
                        ? failure
                        : new PartlyAppliedException(operation.origin(), applied, failure);
            }
            applied.addAll(run.completes());
            isFirst = false;
        }
        return true;
    }

    private void carryOut(Operation operation, Run run) throws IOException {
        if (run.configuration() != null) {
            wg.addConfiguration(operation, operation.device(), run.configuration());
        } else if (!run.words().isEmpty()) {
            wg.set(operation, run.words(), run.key());
        }
    }

    private Set<String> names(Operation operation) throws IOException {
        Set<String> names = new TreeSet<>();
        for (String name : Views.names(wg.show(operation, "show", "interfaces"))) {
            if (whyNot(name).isEmpty()) {
                names.add(name);
            }
        }
        return Collections.unmodifiableSet(names);
    }

    private Map<String, String> leftOut(Operation operation) throws IOException {
        Map<String, String> leftOut = new TreeMap<>();
        for (String name : Views.names(wg.show(operation, "show", "interfaces"))) {
            whyNot(name).ifPresent(reason -> leftOut.put(name, reason));
        }
        return Collections.unmodifiableMap(leftOut);
    }

    /** Userspace WireGuards have a socket, by which {@code wg} finds them, too, and before the kernel's (src/ipc.c). */
    private DeviceKind kind(String device) {
        return Files.exists(sockets.resolve(device + ".sock")) ? DeviceKind.USERSPACE : DeviceKind.KERNEL;
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T call(Operation operation, @Nullable DeviceChange change, Call<T> call) throws WireGuardException {
        try {
            return call.run();
        } catch (IOException e) {
            throw WgErrors.of(operation, e, change);
        }
    }

    private void find(Operation operation) throws WireGuardException {
        if (!call(operation, null, () -> names(operation)).contains(operation.device())) {
            throw new NoSuchDeviceException(operation.origin(), "wg finds none");
        }
    }

    private Operation begin(String device, String action) throws WireGuardException {
        Operation operation = begin(ORIGIN.device(device), action);
        if (whyNot(device).isPresent()) {
            throw new NoSuchDeviceException(
                    operation.origin(), WORDS.contains(device) ? A_WORD : "no interface can have that name");
        }
        return operation;
    }

    private Operation begin(ErrorOrigin origin, String action) throws WireGuardException {
        Operation operation = Operation.begin(origin, action, timeout, () -> closed);
        operation.check();
        return operation;
    }

    /** Returns why a device cannot be asked for; empty where it can. */
    private static Optional<String> whyNot(String name) {
        return WORDS.contains(name)
                ? Optional.of(A_WORD)
                : Device.whyNoName(name).map(reason -> "its name " + reason);
    }
}
