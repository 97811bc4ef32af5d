package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import org.junit.jupiter.api.Test;

/** What an agent knows of a peer can be made in an embedder's test. */
class PeerStatusTest {

    private static final Endpoint HOME = Endpoint.parse("192.0.2.7:51820");

    private final PeerStatus silent = PeerStatus.builder(ALICE, PeerState.SILENT, NOON)
            .endpoint(HOME)
            .advertised(HOME)
            .reason("no answer for 30 s")
            .build();

    @Test
    void valuesThatAreNotSetAreEmpty() {
        PeerStatus waiting = PeerStatus.builder(ALICE, PeerState.WAITING, NOON).build();
        assertThat(waiting.endpoint()).isEmpty();
        assertThat(waiting.advertised()).isEmpty();
        assertThat(waiting.reason()).isEmpty();
    }

    @Test
    void itReadsAsASentence() {
        assertThat(silent).hasToString(ALICE + " is silent at 192.0.2.7:51820: no answer for 30 s");
    }

    @Test
    void equalPartsMakeEqualStatuses() {
        PeerStatus same = PeerStatus.builder(ALICE, PeerState.SILENT, NOON)
                .endpoint(HOME)
                .advertised(HOME)
                .reason("no answer for 30 s")
                .build();
        assertThat(same).isEqualTo(silent).hasSameHashCodeAs(silent);
    }
}
