package io.wgsd.command.options;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks a host name up within a time limit, which the system's resolver does not have. */
public final class HostLookup {

    private HostLookup() {}

    /** Finds the address of a host name. */
    interface Resolver {
        InetAddress resolve(String host) throws UnknownHostException;
    }

    /**
     * Resolves the name of an address; a numeric address is returned as it is.
     *
     * @throws IOException if the name has no address, or the time is up
     */
    public static InetSocketAddress of(InetSocketAddress named, Duration timeout)
            throws IOException, InterruptedException {
        return of(named, timeout, InetAddress::getByName);
    }

    static InetSocketAddress of(InetSocketAddress named, Duration timeout, Resolver resolver)
            throws IOException, InterruptedException {
        if (!named.isUnresolved()) {
            return named;
        }
        String host = named.getHostString();
        FutureTask<InetAddress> task = new FutureTask<>(() -> resolver.resolve(host));
        Thread thread = new Thread(task, "wgsd-resolve-" + host);
        thread.setDaemon(true);
        thread.start();
        try {
            return new InetSocketAddress(task.get(timeout.toNanos(), TimeUnit.NANOSECONDS), named.getPort());
        } catch (TimeoutException e) {
            throw new IOException(
                    "--dns " + host + ": the name was not resolved within " + timeout.toMillis() / 1000.0
                            + " s; see whether this host's resolver answers, or give the address",
                    e);
        } catch (ExecutionException e) {
            throw new IOException(
                    "--dns " + host
                            + ": it is neither an address nor a name that can be resolved; check its spelling, and"
                            + " this host's resolver",
                    e);
        }
    }
}
