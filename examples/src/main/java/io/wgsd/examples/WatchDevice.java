package io.wgsd.examples;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.spi.DeviceWatcher;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.util.Optional;

/** Prints what changes on a device until the enter key is pressed. */
public final class WatchDevice {

    private WatchDevice() {}

    /**
     * Watches a device.
     *
     * @param arguments the device
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        try (PeerSource wireGuard = PeerSources.open(PeerSourceOptions.defaults());
                DeviceWatcher watcher = DeviceWatcher.builder(wireGuard, arguments[0], new Printer())
                        .start()) {
            watcher.poll();
            int pressed = System.in.read();
            System.out.println(pressed < 0 ? "no more input" : "done");
        }
    }

    private static final class Printer implements DeviceWatcher.Listener {

        @Override
        public void read(Optional<Device> previous, Device current, DeviceDifference difference) {
            difference.added().forEach(peer -> System.out.println("added " + peer.publicKey()));
            difference.removed().forEach(peer -> System.out.println("removed " + peer.publicKey()));
            difference.changed().forEach(peer -> System.out.println("changed " + peer.current()));
        }

        @Override
        public void failed(WireGuardException error, int failuresInARow) {
            System.out.println(error.getMessage());
        }
    }
}
