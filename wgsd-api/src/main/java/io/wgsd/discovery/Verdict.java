package io.wgsd.discovery;

import io.wgsd.model.Endpoint;
import java.time.Duration;

/**
 * What is said of a peer that does not answer, and by which evidence: a symmetric NAT can only be suspected, for who is
 * switched off looks the same from here.
 *
 * @param memory what is remembered of the peer
 * @param series the attempts
 * @param around what else matters
 */
record Verdict(PeerMemory memory, Attempts series, Surroundings around) {

    /** Returns whether it was tried for long enough, at a place that a registry advertises. */
    boolean isReached() {
        return memory.advertised() != null && tried().compareTo(Pace.VERDICT) >= 0;
    }

    /** Returns what was seen. */
    String facts() {
        String where = series.targets().size() == 1
                ? series.targets().get(0).toString()
                : series.targets().size() + " endpoints";
        String heard = memory.learnt()
                .map(endpoint -> "initiations come from " + endpoint + ", but no handshake is completed")
                .orElse("nothing came back");
        return series.tries() + " attempts at " + where + " in " + tried().toSeconds() + " s, " + heard;
    }

    /** Returns what was seen, and what is suspected. */
    String text() {
        return facts() + ownNat() + peerNat()
                + "; a NAT that gives each destination a port of its own (symmetric) is suspected, here or there, unless the"
                + " peer is away or does not look for this one";
    }

    private String ownNat() {
        return around.self()
                .filter(self -> self.port() != around.listenPort())
                .map(self -> "; the registry sees this host's port " + around.listenPort() + " as " + self.port())
                .orElse("");
    }

    private String peerNat() {
        Endpoint advertised = memory.advertised();
        return memory.learnt()
                .filter(endpoint -> advertised != null
                        && endpoint.address().equals(advertised.address())
                        && endpoint.port() != advertised.port())
                .map(endpoint -> "; the peer is advertised at " + advertised + " and sends from another port")
                .orElse("");
    }

    private Duration tried() {
        return around.at().since(series.started());
    }
}
