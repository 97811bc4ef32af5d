package io.wgsd.testkit.contract;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.util.Set;

/** A source that does what another does, for those that do one thing otherwise. */
public class ForwardingSource implements PeerSource {

    final PeerSource source;

    public ForwardingSource(PeerSource source) {
        this.source = source;
    }

    @Override
    public Set<String> deviceNames() throws WireGuardException {
        return source.deviceNames();
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        return source.read(device, options);
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        source.apply(device, change);
    }

    @Override
    public DeviceSecrets secrets(String device) throws WireGuardException {
        return source.secrets(device);
    }

    @Override
    public Capabilities capabilities(String device) throws WireGuardException {
        return source.capabilities(device);
    }

    @Override
    public void close() {
        source.close();
    }
}
