package io.wgsd.command.relay;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Peer;
import io.wgsd.relay.Relay;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.spi.WireGuardException;
import java.util.Set;

/**
 * A relay as a device: its peers are the members that it hears, where it hears them. So a registry can serve in DNS what
 * the relay knows.
 *
 * <p>Thread-safe, as the relay is; closing it leaves the relay open.
 */
final class RelayDevice implements PeerSource {

    static final String NAME = "wgsd-relay";

    private final Relay relay;

    RelayDevice(Relay relay) {
        this.relay = relay;
    }

    @Override
    public Set<String> deviceNames() {
        return Set.of(NAME);
    }

    @Override
    public Device read(String device, ReadOptions options) {
        Device.Builder read = Device.builder(NAME, DeviceKind.USERSPACE)
                .publicKey(relay.publicKey())
                .listenPort(relay.localAddresses().get(0).getPort());
        relay.attached()
                .forEach((key, endpoint) ->
                        read.peer(Peer.builder(key).endpoint(endpoint).build()));
        return read.build();
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        throw new UnsupportedException(
                ErrorOrigin.of("relay").device(device), "changing members", "change the registry's device");
    }

    @Override
    public void close() {
        // The relay belongs to others.
    }
}
