package io.wgsd.backend.netlink.codec;

import io.wgsd.model.Device;
import io.wgsd.spi.DeviceSecrets;

/**
 * One dump: the device, and its secrets where they were asked for, which closing wipes.
 *
 * @param device the device
 * @param secrets its keys; none where they were not asked for
 */
public record Snapshot(Device device, DeviceSecrets secrets) implements AutoCloseable {

    @Override
    public void close() {
        secrets.close();
    }
}
