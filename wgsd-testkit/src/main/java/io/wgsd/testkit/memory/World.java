package io.wgsd.testkit.memory;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.spi.WireGuardException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The devices of a {@link MemoryWireGuard}, and the one lock that guards them and all they hold. */
final class World {

    final Announcer announcer = new Announcer();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, MemoryDevice> devices = new TreeMap<>();
    private final InstantSource clock;
    private final DeviceKind kind;
    private final Capabilities capabilities;
    private final PortSpace ports;
    private final int maxPeers;
    private final Function<? super SecretKey, PublicKey> publicKeys;

    World(
            InstantSource clock,
            DeviceKind kind,
            Capabilities capabilities,
            PortSpace ports,
            int maxPeers,
            Function<? super SecretKey, PublicKey> publicKeys) {
        this.clock = clock;
        this.kind = kind;
        this.capabilities = capabilities;
        this.ports = ports;
        this.maxPeers = maxPeers;
        this.publicKeys = publicKeys;
    }

    /** Something done under the lock. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    <T, E extends Exception> T locked(Work<T, E> work) throws E {
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    Instant now() {
        return clock.instant();
    }

    Capabilities capabilities() {
        return capabilities;
    }

    Device snapshot(DeviceState state) {
        return state.snapshot(kind, capabilities.handshakePrecision());
    }

    Set<String> deviceNames() {
        return locked(() -> Collections.unmodifiableSet(new TreeSet<>(devices.keySet())));
    }

    Optional<MemoryDevice> device(String name) {
        return locked(() -> Optional.ofNullable(devices.get(name)));
    }

    MemoryDevice create(String name) {
        Device.checkName(name);
        return locked(() -> {
            checkFree(name);
            int port = ports.take(0).orElseThrow(() -> new IllegalStateException("no UDP port is free"));
            MemoryDevice device = new MemoryDevice(this, new DeviceState(name, port));
            devices.put(name, device);
            announcer.tell(device, List.of(new MemoryEvent.DeviceCreated()));
            return device;
        });
    }

    boolean remove(String name) {
        return locked(() -> {
            MemoryDevice device = existing(name);
            devices.remove(name);
            ports.free(device.state().listenPort);
            device.state().removed = true;
            device.state().wipe();
            announcer.tell(device, List.of(new MemoryEvent.DeviceRemoved()));
            return true;
        });
    }

    boolean rename(String name, String newName) {
        Device.checkName(newName);
        return locked(() -> {
            MemoryDevice device = existing(name);
            checkFree(newName);
            devices.remove(name);
            devices.put(newName, device);
            device.state().name = newName;
            announcer.tell(device, List.of(new MemoryEvent.DeviceRenamed(name)));
            return true;
        });
    }

    /** Returns the device that an error would name, to those who hold the lock. */
    MemoryDevice existing(ErrorOrigin origin) throws NoSuchDeviceException {
        MemoryDevice device = devices.get(origin.device().orElse(""));
        if (device == null) {
            throw new NoSuchDeviceException(origin, "the WireGuard in memory has none");
        }
        return device;
    }

    /** Carries a change out, for those who hold the lock. */
    boolean apply(MemoryDevice device, ErrorOrigin origin, DeviceChange change, MemoryFaults faults)
            throws WireGuardException {
        if (!capabilities.atomicRestart() && change.peers().stream().anyMatch(PeerChange::isRestart)) {
            throw new UnsupportedException(origin, "restart", "set the endpoint and switch persistent keepalive on");
        }
        ChangeRun run = new ChangeRun(device.state(), ports, maxPeers, publicKeys, origin);
        try {
            run.run(change, faults);
        } finally {
            announcer.tell(device, run.events());
        }
        return true;
    }

    private void checkFree(String name) {
        if (devices.containsKey(name)) {
            throw new IllegalArgumentException("there is already a device \"" + name + "\"");
        }
    }

    private MemoryDevice existing(String name) {
        MemoryDevice device = devices.get(name);
        if (device == null) {
            throw new IllegalArgumentException("no device \"" + name + "\"; devices found: " + devices.keySet());
        }
        return device;
    }
}
