package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A source that answers each reading by the next step of a script; at its end readings block until they are
 * interrupted, and are then cancelled as {@link PeerSource} promises.
 */
final class ScriptedSource implements PeerSource {

    /** The answer to one reading. */
    interface Step {
        Device read() throws WireGuardException;
    }

    private final Iterator<Step> script;
    private final List<Optional<Device>> reused = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    ScriptedSource(Step... script) {
        this.script = List.of(script).iterator();
    }

    static Step gives(Device device) {
        return () -> device;
    }

    static Step fails(WireGuardException e) {
        return () -> {
            throw e;
        };
    }

    /** Reports that the thread is here, and waits until it may go on or is interrupted. */
    static Step waits(CountDownLatch here, CountDownLatch goOn, Device device) {
        return () -> {
            here.countDown();
            awaitOrCancel(goOn);
            return device;
        };
    }

    /** Returns the earlier readings that could be reused, one for each reading so far. */
    List<Optional<Device>> reused() {
        return List.copyOf(reused);
    }

    int mostUnderWay() {
        return mostUnderWay.get();
    }

    CountDownLatch end() {
        return end;
    }

    @Override
    public Device read(String device, ReadOptions options) throws WireGuardException {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            reused.add(options.previous());
            if (Thread.currentThread().isInterrupted()) {
                throw cancelled();
            }
            if (script.hasNext()) {
                return script.next().read();
            }
            end.countDown();
            awaitOrCancel(new CountDownLatch(1));
            throw new AssertionError("nobody lets it go on");
        } finally {
            underWay.decrementAndGet();
        }
    }

    @Override
    public Set<String> deviceNames() {
        throw new AssertionError("a watcher lists no devices");
    }

    @Override
    public void apply(String device, DeviceChange change) {
        throw new AssertionError("a watcher changes nothing");
    }

    @Override
    public void close() {
        throw new AssertionError("a watcher leaves its source open");
    }

    private static void awaitOrCancel(CountDownLatch latch) throws CancelledException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
    }

    private static CancelledException cancelled() {
        return new CancelledException(
                ErrorOrigin.of("scripted").device("wg0"), "reading", "the thread was interrupted", null);
    }
}
