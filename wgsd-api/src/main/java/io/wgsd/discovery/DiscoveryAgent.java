package io.wgsd.discovery;

import io.wgsd.discovery.agent.AgentRun;
import io.wgsd.discovery.health.HealthKeeper;
import io.wgsd.spi.PeerSource;
import java.util.List;

/**
 * Sets the endpoints of a device's peers to what registries advertise, once or for as long as it runs, and leaves every
 * working session alone.
 *
 * <p>It never writes a peer with a live session, a peer that the caller {@linkplain DiscoveryAgentBuilder#keep names},
 * or the peer through which a registry is reached (except by {@link DiscoveryAgentBuilder#registryEndpoint}). It never
 * sets an endpoint where no peer can be: an {@linkplain io.wgsd.model.UnusableAddress address that no other host could
 * send to}, one of this host's own, the registry's own peer's, one inside the tunnel, or one without a route.
 *
 * <p>A session is live while its last handshake is younger than three minutes, unless what was sent has had no answer
 * for 15 s (25 s where packets are not known to arrive), or the peer, which is known to answer, did not while a
 * registry had news of it. The age grows by a monotonic clock from when the handshake's stamp was seen to change; a
 * stamp that looks old at first sight, or lies in the future, proves nothing, for the wall clock may have been set.
 *
 * <p>{@link DiscoveryAgentBuilder#runOnce} makes one pass, asks the first registry only, and writes nothing but
 * endpoints. {@link DiscoveryAgentBuilder#start} runs until {@link #close}. On a thread of its own it reads the device,
 * asks the registries about peers that have no live session, and makes WireGuard begin a handshake that passes the NATs
 * on both sides. Of two peers the one with the lesser key sends first, and the other a little later, through the hole
 * that the first one's packet has made. If there is no answer it tries again, less and less often. It makes WireGuard
 * send by the gentlest means that works: a datagram to the peer's address inside the tunnel; if none can be sent, the
 * persistent keepalive, if it was off, which is switched off again when the agent ends; and only where WireGuard itself
 * would wait for up to five seconds (REKEY_TIMEOUT) a {@linkplain DiscoveryAgentBuilder#restarts restart} of a peer
 * that has no session and is not heard.
 *
 * <p>A registry that pushes changes (RFC 8765) is rarely asked; this library's registry pushes, over TCP inside the
 * tunnel. Others are polled: often about peers that have no session, four times a second at first, and rarely about the
 * rest.
 *
 * <p>Of several registries it believes the one that has seen a peer at its endpoint most recently. Thread-safe. The
 * caller closes the source and the clients.
 */
public final class DiscoveryAgent implements AutoCloseable {

    private final AgentRun run;
    private final HealthKeeper health;

    DiscoveryAgent(AgentRun run, HealthKeeper health) {
        this.run = run;
        this.health = health;
    }

    /**
     * Begins an agent.
     *
     * @param source where the device is read and written
     * @param device the device's name
     * @param registry asks the registry, as a {@link DiscoveryClient} does
     * @return a builder
     * @throws io.wgsd.model.FormatException if no interface can have that name
     */
    public static DiscoveryAgentBuilder builder(PeerSource source, String device, PeerLookup registry) {
        return new DiscoveryAgentBuilder(source, device).registry(registry);
    }

    /**
     * Begins an agent without a registry yet.
     *
     * @param source where the device is read and written
     * @param device the device's name
     * @return a builder, which needs one of its methods {@code registry} to be called
     * @throws io.wgsd.model.FormatException if no interface can have that name
     */
    public static DiscoveryAgentBuilder builder(PeerSource source, String device) {
        return new DiscoveryAgentBuilder(source, device);
    }

    /**
     * Returns what is known about each peer of the device.
     *
     * @return one status for each, in the order of the keys; empty until the device was found; unmodifiable
     */
    public List<PeerStatus> state() {
        return run.statuses();
    }

    /**
     * Returns what the agent has done since it was started, and how many peers are in each state.
     *
     * @return the numbers as they are now; they stay when the agent is closed
     */
    public AgentStats stats() {
        return run.stats();
    }

    /**
     * Returns how the agent is: whether it can do its work, how its registries are, and whether a restart would help.
     *
     * @return the state as it is at that moment
     */
    public AgentHealth health() {
        return health.health();
    }

    /**
     * Returns what is known about each relay that a registry announces.
     *
     * @return one status for each, in the order of the keys; empty where relays are not {@linkplain
     *     DiscoveryAgentBuilder#relays allowed}; unmodifiable
     */
    public List<RelayStatus> relays() {
        return run.relays();
    }

    /**
     * Ends the agent, switches lent persistent keepalives off again, removes the relays that it has added, and
     * otherwise leaves the device as it is. Sessions over a relay that is removed last for three more minutes at most.
     * It waits for that, some seconds at most if the source keeps its time-outs. A second call only waits.
     */
    @Override
    public void close() {
        run.close();
    }
}
