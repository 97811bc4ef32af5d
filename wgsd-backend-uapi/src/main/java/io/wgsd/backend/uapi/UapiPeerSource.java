package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.codec.KnownPeers;
import io.wgsd.backend.uapi.codec.Snapshot;
import io.wgsd.backend.uapi.codec.Wanted;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.Operation;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Userspace WireGuard as a peer source; {@link UapiPeerSourceProvider} says how it behaves. */
final class UapiPeerSource implements PeerSource {

    private static final ErrorOrigin ORIGIN = ErrorOrigin.of(UapiPeerSourceProvider.NAME);

    private final SocketDirectories directories;
    private final UapiClient client;
    private final Dialects dialects;
    private final Duration timeout;
    private final TimeSource clock;
    private final Map<String, Device> lastAges = new ConcurrentHashMap<>();
    /** By device, the peers of its latest answer. */
    private final Map<String, KnownPeers> knownPeers = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /**
     * Makes a source, which holds nothing open between calls.
     *
     * @param directories where the sockets are
     * @param client how they are asked
     * @param timeout how long each call may take
     * @param clock by which calls end in time
     */
    UapiPeerSource(SocketDirectories directories, UapiClient client, Duration timeout, TimeSource clock) {
        this.directories = directories;
        this.client = client;
        this.timeout = timeout;
        this.clock = clock;
        dialects = new Dialects(client);
    }

    @Override
    public Set<String> deviceNames() throws WireGuardException {
        Operation operation = begin(ORIGIN, "listing");
        return Collections.unmodifiableSet(alive(directories.sockets(operation), operation));
    }

    @Override
    public Map<String, String> devicesLeftOut() throws WireGuardException {
        Operation operation = begin(ORIGIN, "listing");
        Map<String, String> leftOut = new TreeMap<>();
        for (String name : alive(directories.misnamed(operation), operation)) {
            leftOut.put(name, "its name " + Device.whyNoName(name).orElse("is none"));
        }
        return Collections.unmodifiableMap(leftOut);
    }

    private Set<String> alive(Map<String, Path> sockets, Operation operation) throws WireGuardException {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, Path> socket : sockets.entrySet()) {
            if (client.isListening(socket.getValue(), operation)) {
                names.add(socket.getKey());
            }
        }
        return names;
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        Operation operation = begin(ORIGIN.device(device), "reading");
        Path socket = directories.find(operation);
        Device previous = options.previous().orElse(null);
        // Only a caller that reads again and again has an earlier reading, and gains by what is kept.
        KnownPeers known = previous == null ? null : knownPeers.getOrDefault(device, KnownPeers.NONE);
        Wanted wanted = new Wanted(false, options.isPublicKeyWanted(), previous, known, lastAges.get(device));
        try (Snapshot read = client.get(socket, operation, wanted)) {
            if (known != null) {
                knownPeers.put(device, read.known());
            }
            if (read.hasHandshakeAges()) {
                lastAges.put(device, read.device());
            }
            return read.device();
        }
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        Operation operation = begin(ORIGIN.device(device), "changing");
        Path socket = directories.find(operation);
        Dialect dialect = dialects.of(socket, operation);
        if (dialect.edits()) {
            new EditingChanges(client).apply(socket, operation, dialect, change);
        } else {
            new RecreatingChanges(client).apply(socket, operation, change);
        }
    }

    @Override
    public DeviceSecrets secrets(String device) throws WireGuardException {
        Operation operation = begin(ORIGIN.device(device), "reading the secrets of");
        // Not closed here: its secrets are the caller's now.
        return client.get(directories.find(operation), operation, Wanted.SECRETS)
                .secrets();
    }

    @Override
    public Capabilities capabilities(String device) throws WireGuardException {
        Operation operation = begin(ORIGIN.device(device), "probing");
        return dialects.of(directories.find(operation), operation).capabilities();
    }

    @Override
    public void close() {
        closed = true;
    }

    private Operation begin(ErrorOrigin origin, String action) throws WireGuardException {
        Operation operation = Operation.begin(origin, action, timeout, () -> closed, clock);
        operation.check();
        return operation;
    }
}
