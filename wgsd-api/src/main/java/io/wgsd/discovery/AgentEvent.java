package io.wgsd.discovery;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What happened to an agent. Immutable and thread-safe.
 *
 * <p>More kinds will be added. So the interface is not sealed, and a {@code switch} over events needs a {@code
 * default}, which ignores what it does not know.
 */
public interface AgentEvent {

    /**
     * A peer came into another state.
     *
     * @param from the state before; empty for a peer that the agent has not seen before
     * @param peer what is known about it now
     */
    record PeerChanged(Optional<PeerState> from, PeerStatus peer) implements AgentEvent {}

    /**
     * The agent has set a peer's endpoint.
     *
     * @param publicKey the peer's key
     * @param endpoint the endpoint that it gets
     * @param previous the one that it had; empty where it had none
     */
    record EndpointSet(PublicKey publicKey, Endpoint endpoint, Optional<Endpoint> previous) implements AgentEvent {}

    /**
     * A peer with a live session has sent from another endpoint, and WireGuard now sends there.
     *
     * @param publicKey the peer's key
     * @param endpoint where it sends from now
     * @param previous where it sent from before
     */
    record PeerRoamed(PublicKey publicKey, Endpoint endpoint, Endpoint previous) implements AgentEvent {}

    /**
     * A registry answers that did not answer before, or that was not asked before.
     *
     * @param server its address
     */
    record RegistryUp(InetSocketAddress server) implements AgentEvent {}

    /**
     * A registry was asked and gave no answer that could be used, more than once.
     *
     * @param server its address
     * @param reason what was seen, on one line that names the registry
     */
    record RegistryDown(InetSocketAddress server, String reason) implements AgentEvent {}

    /**
     * A registry is not asked, since anyone on the way could forge what it says.
     *
     * @param server its address
     * @param reason why, on one line that names the registry
     */
    record RegistryNotAsked(InetSocketAddress server, String reason) implements AgentEvent {}

    /**
     * The device is up, for the first time or again; what was known of its peers' sessions no longer counts.
     *
     * @param device its name
     */
    record DeviceUp(String device) implements AgentEvent {}

    /**
     * The device cannot be read, or not written.
     *
     * @param device its name
     * @param reason why
     */
    record DeviceDown(String device, String reason) implements AgentEvent {}

    /**
     * The agent's store cannot be read or written: no persistent keepalive is lent, no relay is added, and the next
     * start knows nothing of this one.
     *
     * @param reason why, on one line
     */
    record StoreFailed(String reason) implements AgentEvent {}

    /**
     * A relay answers that did not answer before, so that peers can be reached through it.
     *
     * @param relay its key
     * @param endpoint where it is
     */
    record RelayUp(PublicKey relay, Endpoint endpoint) implements AgentEvent {}

    /**
     * A relay does not answer, or is not used any more.
     *
     * @param relay its key
     * @param reason what was seen, on one line that names the relay
     */
    record RelayDown(PublicKey relay, String reason) implements AgentEvent {}

    /**
     * Where else this host can be reached is not registered at a registry, so other peers do not try that.
     *
     * @param server the registry
     * @param reason why, on one line that names the registry
     */
    record CandidatesNotRegistered(InetSocketAddress server, String reason) implements AgentEvent {}

    /**
     * No UDP gets through, so packets are carried over TLS.
     *
     * @param server the server's name and port
     */
    record TlsUp(String server) implements AgentEvent {}

    /**
     * Packets are not carried over TLS any more, or cannot be.
     *
     * @param server the server's name and port
     * @param reason why, on one line
     */
    record TlsDown(String server, String reason) implements AgentEvent {}

    /**
     * A name that the agent was given cannot be resolved; it is tried again.
     *
     * @param reason which and why, on one line
     */
    record NameNotResolved(String reason) implements AgentEvent {}

    /**
     * The agent has ended without being closed, and keeps no endpoint right any more.
     *
     * @param reason why, on one line
     */
    record Ended(String reason) implements AgentEvent {}

    /** Receives events, on the agent's thread, which it must not block. */
    @FunctionalInterface
    interface Listener {
        /**
         * Receives an event. What it throws goes to the thread's uncaught exception handler. It is never interrupted,
         * and {@link DiscoveryAgent#close} waits for it, unless the listener itself calls that.
         *
         * @param event what happened
         */
        void happened(AgentEvent event);
    }
}
