package io.wgsd.discovery;

import io.wgsd.discovery.candidate.HostCandidates;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Finds endpoints at which a host's WireGuard can be reached besides the one that the registry sees: in its own
 * networks, or at a port that its router forwards. An agent registers them, so that other peers try them too.
 *
 * <p>An agent starts a source once, asks it on one thread, and closes it when the agent ends.
 */
@FunctionalInterface
public interface CandidateSource extends AutoCloseable {

    /**
     * What a source may need to know of its host.
     *
     * @param device the WireGuard device as it was read last; its listen port is the port to be reached
     * @param seen where a registry sees this host; empty where none says
     */
    record Situation(Device device, Optional<Endpoint> seen) {

        /**
         * Refuses null.
         *
         * @param device the device
         * @param seen where this host is seen
         */
        public Situation {
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(seen, "seen");
        }
    }

    /**
     * Returns what finds a host's addresses in the networks to which it is attached: private ones, for peers in the same
     * network, and global ones of IPv6. Those of tunnels, containers and virtual machines are not among them.
     *
     * @param routes the host's addresses and routes, as {@link Routes#system}
     * @return the source, which needs no thread
     */
    static CandidateSource ownNetworks(Routes routes) {
        return new HostCandidates(Objects.requireNonNull(routes, "routes"));
    }

    /**
     * Begins, before the first question.
     *
     * @param threads makes the threads of a source that needs some
     * @param changed is to be run, on any thread, when there are other candidates, so that the source is asked at once
     */
    default void start(ThreadFactory threads, Runnable changed) {}

    /**
     * Returns where this host can be reached as far as that is known now. It is called on the agent's thread, and must
     * not wait for the network: a source that has to do so has a thread of its own, and reports its result by {@code
     * changed}. The agent asks again when the network changes, when {@code changed} was run, and every five seconds.
     *
     * @param situation what is known of this host
     * @return the candidates, best first; an agent takes the first eight of all its sources, and none inside the tunnel
     */
    List<Endpoint> candidates(Situation situation);

    /** Ends what {@link #start} began, within a second; by default it does nothing. */
    @Override
    default void close() {}
}
