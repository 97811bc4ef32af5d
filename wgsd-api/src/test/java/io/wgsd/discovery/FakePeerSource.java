package io.wgsd.discovery;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Returns one reading after another, the last one again and again, and records what is written. */
final class FakePeerSource implements PeerSource {

    private final Deque<Device> readings;
    private final List<DeviceChange> changes = new ArrayList<>();
    private int reads;

    FakePeerSource(Device... readings) {
        this.readings = new ArrayDeque<>(List.of(readings));
    }

    List<DeviceChange> changes() {
        return changes;
    }

    int reads() {
        return reads;
    }

    @Override
    public Set<String> deviceNames() {
        return Set.of("wg0");
    }

    @Override
    public Device read(String device, ReadOptions options) {
        reads++;
        return readings.size() > 1 ? readings.removeFirst() : readings.getFirst();
    }

    @Override
    public void apply(String device, DeviceChange change) {
        changes.add(change);
    }

    @Override
    public void close() {}
}
