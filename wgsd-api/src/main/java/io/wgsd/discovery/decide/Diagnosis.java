package io.wgsd.discovery.decide;

import io.wgsd.discovery.decide.session.Traffic;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Explains why a peer may not answer: what was seen, and the possible causes. Many causes look the same from here, so
 * all that fit are listed, the most common first, each with what tells it from the others.
 *
 * @param memory what is remembered of the peer
 * @param series the attempts
 * @param context what else matters
 */
record Diagnosis(PeerMemory memory, Attempts series, PeerContext context) {

    /** Clocks that are corrected a little do not matter. */
    private static final Duration NOTABLE = Duration.ofSeconds(2);

    /** Returns whether it was tried for long enough, at an endpoint that a registry advertises. */
    boolean isReached() {
        return memory.advertised() != null && duration().compareTo(Timing.DIAGNOSIS) >= 0;
    }

    /** Returns what was seen. */
    String facts() {
        String where = where();
        int sent = memory.traffic().sends();
        String went = sent == 0
                ? "WireGuard has sent nothing to " + where
                : sent + (sent == 1 ? " handshake message" : " handshake messages") + " went to " + where;
        return went + " in " + duration().toSeconds() + " s, " + heard();
    }

    private String where() {
        List<Endpoint> targets = series.targets();
        String direct = targets.size() == 1 ? targets.get(0).toString() : targets.size() + " endpoints";
        PublicKey peer = memory.peer().publicKey();
        if (context.relays().route(context.own(), peer).isEmpty()) {
            return direct;
        }
        boolean only = targets.isEmpty() || context.relays().isNeitherReachable(peer);
        return only ? "the relay" : direct + " and the relay";
    }

    /** Returns what was seen, and the possible causes. */
    String text() {
        return facts() + "; possible causes, the most common first: " + String.join("; ", causes());
    }

    private String heard() {
        Traffic traffic = memory.traffic();
        String from = memory.peer().endpoint().map(Endpoint::toString).orElse("it");
        if (traffic.received() == null) {
            return "nothing came back";
        }
        return traffic.initiationsOnly()
                ? "initiations come from " + from + ", but no handshake is completed"
                : "something comes from " + from + ", but no handshake is completed";
    }

    private List<String> causes() {
        if (memory.traffic().received() != null) {
            return causesWhereItIsHeard();
        }
        return memory.traffic().sends() == 0 ? causesWhereNothingWent() : causesOfSilence();
    }

    private static List<String> causesWhereNothingWent() {
        return List.of(
                "nothing gave WireGuard a reason to send (traffic into the tunnel does)",
                "this host has no route for WireGuard's own packets (pinging the peer's address from here reports that)",
                "a firewall here refuses them (its counters tell)");
    }

    /** The peer's own initiation was read, so it runs, has this host's key, and its packets arrive. */
    private List<String> causesWhereItIsHeard() {
        List<String> causes = new ArrayList<>();
        Optional<Endpoint> from = memory.peer().endpoint();
        Optional<Endpoint> advertised = Optional.ofNullable(memory.advertised());
        boolean elsewhere = advertised.isPresent() && from.isPresent() && !from.equals(advertised);
        String answers = "this host's packets do not arrive there (its agent then says that nothing comes back)";
        String keys = "both sides' packets arrive and the preshared keys differ (compare them)";
        if (elsewhere && from.map(Endpoint::address).equals(advertised.map(Endpoint::address))) {
            causes.add("it is advertised at " + advertised.get()
                    + " and sends from another port, so its NAT gives each destination a"
                    + " port of its own (symmetric), and lets in only what comes from the port that it has sent to");
            causes.add(answers);
            causes.add(keys);
        } else if (elsewhere) {
            causes.add("it is advertised at " + advertised.get() + ", which is old or another way out of its network");
            causes.add(answers);
            causes.add(keys);
        } else {
            causes.add(keys);
            causes.add(answers);
        }
        return causes;
    }

    private List<String> causesOfSilence() {
        List<String> causes = new ArrayList<>();
        if (context.relays().isNeitherReachable(memory.peer().publicKey())) {
            causes.add("both NATs give other destinations another port, so only a relay could connect them"
                    + " (nat= of both in the zone tells)");
        }
        clock().ifPresent(causes::add);
        sameAddress().ifPresent(causes::add);
        otherFamily().ifPresent(causes::add);
        causes.add(
                "no agent runs there, or it does not have this host's key (its status lists the peers it maintains)");
        causes.add("the peer is away, and the registry advertises where it was (others do not reach it either)");
        causes.add("a NAT or firewall on the way lets nothing in (its agent then says that nothing comes back, too)"
                + ownNat());
        return causes;
    }

    /** A peer takes no initiation whose stamp is older than that of the latest one (noise.c, TAI64N). */
    private Optional<String> clock() {
        return context.setBack().compareTo(NOTABLE) < 0
                ? Optional.empty()
                : Optional.of("this host's clock was set back, and a peer that has heard this host before refuses its"
                        + " handshakes for " + context.setBack().toSeconds()
                        + " s more, until the clock has passed the old time");
    }

    private Optional<String> sameAddress() {
        Endpoint advertised = memory.advertised();
        return context.self()
                .filter(self -> advertised != null && self.address().equals(advertised.address()))
                .map(self -> "the registry sees both hosts at " + self.address()
                        + ", and a NAT that both are behind does not send their packets back in (hairpin; in the local"
                        + " network they reach each other, where both agents register their addresses)");
    }

    private Optional<String> otherFamily() {
        Endpoint advertised = memory.advertised();
        if (advertised == null) {
            return Optional.empty();
        }
        return context.self()
                .filter(self -> self.address().isIpv6() != advertised.address().isIpv6())
                .map(self -> "the registry sees this host by " + family(self) + " and the peer by " + family(advertised)
                        + ", and the peer, which does not have both, cannot send to this host (its agent then says that it has"
                        + " no route)");
    }

    private static String family(Endpoint endpoint) {
        return endpoint.address().isIpv6() ? "IPv6" : "IPv4";
    }

    private String ownNat() {
        return context.self()
                .filter(self -> self.port() != context.listenPort())
                .map(self -> "; the registry sees this host's port " + context.listenPort() + " as " + self.port())
                .orElse("");
    }

    private Duration duration() {
        return context.at().since(series.started());
    }
}
