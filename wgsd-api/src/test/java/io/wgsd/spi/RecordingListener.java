package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that hands what it is told to the test, in order. */
final class RecordingListener implements DeviceWatcher.Listener {

    /** One call of {@code read}. */
    record Reading(Optional<Device> previous, Device current, DeviceDifference difference) {}

    /** One call of {@code failed}. */
    record Failure(WireGuardException error, int failuresInARow) {}

    private final BlockingQueue<Object> calls = new LinkedBlockingQueue<>();

    @Override
    public void read(Optional<Device> previous, Device current, DeviceDifference difference) {
        calls.add(new Reading(previous, current, difference));
    }

    @Override
    public void failed(WireGuardException error, int failuresInARow) {
        calls.add(new Failure(error, failuresInARow));
    }

    Reading nextReading() throws InterruptedException {
        return (Reading) next();
    }

    Failure nextFailure() throws InterruptedException {
        return (Failure) next();
    }

    /** Returns the calls that the test has not taken yet. */
    List<Object> rest() {
        return List.copyOf(calls);
    }

    private Object next() throws InterruptedException {
        Object call = calls.poll(10, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("the listener was told nothing within 10 s");
        }
        return call;
    }
}
