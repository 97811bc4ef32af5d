package io.wgsd.benchmarks;

import io.wgsd.model.Device;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import java.io.IOException;

/** Reads a device over and over. */
final class Reader {

    private final PeerSource source;
    private final BenchDevice device;
    private Device last;

    Reader(PeerSource source, BenchDevice device) throws IOException {
        this.source = source;
        this.device = device;
        last = source.read(device.name());
    }

    void read() throws IOException {
        keep(source.read(device.name()));
    }

    void reread() throws IOException {
        keep(source.read(device.name(), ReadOptions.defaults().reusing(last)));
    }

    private void keep(Device read) throws IOException {
        if (read.peers().size() != device.peers()) {
            throw new IOException(read + " was to have " + device.peers() + " peers");
        }
        last = read;
    }
}
