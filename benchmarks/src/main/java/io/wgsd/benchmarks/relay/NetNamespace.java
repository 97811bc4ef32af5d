package io.wgsd.benchmarks.relay;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread inside a network namespace: what it opens belongs there. */
final class NetNamespace implements AutoCloseable {

    private static final int CLONE_NEWNET = 0x4000_0000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "namespace");
        made.setDaemon(true);
        return made;
    });

    private NetNamespace() {}

    /** Enters a namespace that {@code ip netns} has made. */
    static NetNamespace enter(String name) throws IOException {
        NetNamespace space = new NetNamespace();
        int entered = space.call(() -> {
            int descriptor = Calls.open("/run/netns/" + name, 0);
            int status = Calls.setns(descriptor, CLONE_NEWNET);
            Calls.close(descriptor);
            return status;
        });
        if (entered < 0) {
            throw new IOException("cannot enter the network namespace " + name);
        }
        return space;
    }

    /** Does something inside, and waits for it. */
    <T> T call(Callable<T> work) throws IOException {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
