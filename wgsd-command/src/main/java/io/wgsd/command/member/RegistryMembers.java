package io.wgsd.command.member;

import io.wgsd.command.host.HostNetworks;
import io.wgsd.command.log.Log;
import io.wgsd.command.options.MembersOption;
import io.wgsd.members.MembershipPolicy;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a registry does with the members of its network: it serves them, and may make them peers of its own device. */
public final class RegistryMembers implements AutoCloseable {

    /** WireGuard's REJECT_AFTER_TIME, after which a session is over. */
    private static final Duration SESSION = Duration.ofMinutes(3);

    private final MembersFeed feed;
    private final Optional<MemberPeers> peers;

    private RegistryMembers(MembersFeed feed, Optional<MemberPeers> peers) {
        this.feed = feed;
        this.peers = peers;
    }

    /**
     * Starts.
     *
     * @param settings which list is served, and whether its members become peers
     * @param source where the device is
     * @param device the registry's device
     * @param sink serves the list
     * @param log gets a line for what an operator should know
     * @throws IOException if the host's networks cannot be asked for
     */
    public static RegistryMembers start(
            MembersOption.Served settings, PeerSource source, String device, MembersFeed.Sink sink, Log log)
            throws IOException {
        Optional<Path> state = settings.addsIn();
        if (state.isEmpty()) {
            return new RegistryMembers(MembersFeed.start(settings, sink, log), Optional.empty());
        }
        MembershipPolicy policy = MembershipPolicy.builder()
                .hostNetworks(HostNetworks.beside(device))
                .build();
        MemberPeers peers = MemberPeers.start(
                new MemberPeers.Target(source, device, policy, state.get()), () -> connected(source, device), log);
        MembersFeed.Sink both = network -> {
            boolean changed = sink.serve(network);
            peers.take(network);
            return changed;
        };
        return new RegistryMembers(MembersFeed.start(settings, both, log), Optional.of(peers));
    }

    private static Set<PublicKey> connected(PeerSource source, String device) {
        Instant oldest = Instant.now().minus(SESSION);
        try {
            return source.read(device).peers().stream()
                    .filter(peer -> peer.statistics()
                            .latestHandshake()
                            .filter(oldest::isBefore)
                            .isPresent())
                    .map(Peer::publicKey)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (WireGuardException e) {
            // The step that follows reads the same device, and says what is wrong.
            return Set.of();
        }
    }

    @Override
    public void close() {
        feed.close();
        peers.ifPresent(MemberPeers::close);
    }
}
