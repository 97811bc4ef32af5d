package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import java.util.Set;

/** A source that has only what every source must have: no devices that it could list, and a reason why not. */
class DefaultsSource implements PeerSource {

    private final String whyNot;

    DefaultsSource(String whyNot) {
        this.whyNot = whyNot;
    }

    @Override
    public Set<String> deviceNames() throws WireGuardException {
        throw new RejectedException(ErrorOrigin.of("defaults"), "listing", whyNot);
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        throw new RejectedException(ErrorOrigin.of("defaults").device(device), "reading", whyNot);
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        throw new RejectedException(ErrorOrigin.of("defaults").device(device), "changing", whyNot);
    }

    @Override
    public void close() {}
}
