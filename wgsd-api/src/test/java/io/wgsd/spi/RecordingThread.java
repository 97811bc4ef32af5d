package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A listener that hands the thread on which it is told to the test. */
final class RecordingThread implements DeviceWatcher.Listener {

    private final CompletableFuture<Thread> thread = new CompletableFuture<>();

    @Override
    public void read(Optional<Device> previous, Device current, DeviceDifference difference) {
        thread.complete(Thread.currentThread());
    }

    @Override
    public void failed(WireGuardException error, int failuresInARow) {
        thread.complete(Thread.currentThread());
    }

    Thread next() throws Exception {
        return thread.get(10, TimeUnit.SECONDS);
    }
}
