package io.wgsd.testkit.memory;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.Set;

/**
 * A source over a {@link MemoryWireGuard}; a reading shares what did not change with the one before, by whichever
 * source that was read.
 */
final class MemoryPeerSource implements PeerSource {

    private final World world;
    private final MemoryFaults faults;
    private final ErrorOrigin origin;
    private final Duration timeout;
    private volatile boolean closed;

    MemoryPeerSource(World world, MemoryFaults faults, String backend, Duration timeout) {
        this.world = world;
        this.faults = faults;
        this.origin = ErrorOrigin.of(backend);
        this.timeout = timeout;
    }

    @Override
    public Set<String> deviceNames() throws WireGuardException {
        enter(origin, "listing devices");
        return world.deviceNames();
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        ErrorOrigin where = enter(origin.device(device), "reading");
        return world.locked(() -> world.snapshot(world.existing(where).state()));
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        ErrorOrigin where = enter(origin.device(device), "changing");
        world.locked(() -> world.apply(world.existing(where), where, change, faults));
    }

    @Override
    public DeviceSecrets secrets(String device) throws WireGuardException {
        ErrorOrigin where = enter(origin.device(device), "reading secrets of");
        return world.locked(() -> world.existing(where).state().secrets());
    }

    @Override
    public Capabilities capabilities(String device) throws WireGuardException {
        ErrorOrigin where = enter(origin.device(device), "asking for the capabilities of");
        return world.locked(() -> {
            world.existing(where);
            return world.capabilities();
        });
    }

    @Override
    public void close() {
        closed = true;
        faults.wake();
    }

    private ErrorOrigin enter(ErrorOrigin where, String what) throws WireGuardException {
        faults.enter(where, what, timeout, () -> closed);
        return where;
    }
}
