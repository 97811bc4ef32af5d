package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.WgKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A source of bare devices that can be told to fail, and remembers what it was asked. */
final class FakeSource implements PeerSource {

    private final ErrorOrigin origin;
    private final String absence;
    private final Set<String> devices = new TreeSet<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile WireGuardException failure;
    private volatile Map<String, String> leftOut = Map.of();
    private volatile boolean closed;

    FakeSource(String backend, String absence, String... devices) {
        origin = ErrorOrigin.of(backend);
        this.absence = absence;
        this.devices.addAll(List.of(devices));
    }

    void setFailure(WireGuardException e) {
        failure = e;
    }

    void setDevices(String... names) {
        devices.clear();
        devices.addAll(List.of(names));
    }

    void setLeftOut(Map<String, String> reasons) {
        leftOut = reasons;
    }

    List<String> asked() {
        return asked;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Set<String> deviceNames() throws WireGuardException {
        ask("deviceNames");
        return Set.copyOf(devices);
    }

    @Override
    public Map<String, String> devicesLeftOut() throws WireGuardException {
        ask("devicesLeftOut");
        return leftOut;
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        ask("read " + device);
        find(device);
        return Device.builder(device, DeviceKind.USERSPACE)
                .listenPort(options.previous().isPresent() ? 2 : 1)
                .build();
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        ask("apply " + device + " " + change);
        find(device);
    }

    @Override
    public DeviceSecrets secrets(String device) throws WireGuardException {
        ask("secrets " + device);
        find(device);
        return DeviceSecrets.of(WgKeys.ALICE.privateKey(), Map.of());
    }

    @Override
    public Capabilities capabilities(String device) throws WireGuardException {
        ask("capabilities " + device);
        find(device);
        return Capabilities.builder().atomicRestart(true).build();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void ask(String what) throws WireGuardException {
        asked.add(what);
        if (failure != null) {
            throw failure;
        }
    }

    private void find(String device) throws NoSuchDeviceException {
        if (!devices.contains(device)) {
            throw new NoSuchDeviceException(origin.device(device), absence);
        }
    }
}
