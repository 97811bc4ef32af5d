package io.wgsd.command.netcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RelaysTest {

    private static final PublicKey SELF = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final RelayAdvertisement RELAY = new RelayAdvertisement(
            PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js="), List.of(Endpoint.parse("192.0.2.1:443")));

    @Test
    void aRelayThatHearsThisHostIsSaidTo() throws InterruptedException {
        List<Fact> facts = Relays.of(List.of(answer(true)), (host, payload) -> Optional.of(Duration.ofMillis(23)));

        assertThat(facts)
                .extracting(Fact::words)
                .containsExactly("192.0.2.1:443 hears this host; its host answers pings in 23.0 ms");
        assertThat(facts.get(0).values()).containsEntry("hears", true).containsEntry("roundTripMillis", 23.0);
    }

    @Test
    void silenceIsNotBlamedOnTheRelay() throws InterruptedException {
        List<Fact> facts = Relays.of(List.of(answer(false)), (host, payload) -> Optional.empty());

        assertThat(facts.get(0).words())
                .isEqualTo("192.0.2.1:443 does not hear this host; its host answers no ping, which may be its"
                        + " firewall's doing");
    }

    @Test
    void twoRegistriesThatAnnounceOneRelayAnnounceOne() throws InterruptedException {
        assertThat(Relays.of(List.of(answer(true), answer(true)), (host, payload) -> Optional.empty()))
                .hasSize(1);
    }

    @Test
    void whereThereIsNoneItIsSaidWhatThatMeans() throws InterruptedException {
        RegistryAnswer none = new RegistryAnswer(
                "10.0.0.254:53", Duration.ofMillis(1), Optional.empty(), List.of(), Optional.empty());

        List<Fact> facts = Relays.of(
                List.of(none, RegistryAnswer.failed("10.0.0.253:53", "no")), (host, payload) -> Optional.empty());

        assertThat(facts.get(0).words()).contains("have no tunnel");
    }

    @Test
    void whereNoRegistryAnswersItIsNotKnownWhetherThereIsOne() throws InterruptedException {
        List<Fact> facts =
                Relays.of(List.of(RegistryAnswer.failed("10.0.0.254:53", "no")), (host, payload) -> Optional.empty());

        assertThat(facts).extracting(Fact::words).containsExactly("not known: no registry answers");
    }

    @Test
    void whereNoRegistryListsThisHostItIsNotKnownWhetherARelayHearsIt() throws InterruptedException {
        RegistryAnswer unlisted = new RegistryAnswer(
                "10.0.0.254:53", Duration.ofMillis(1), Optional.empty(), List.of(RELAY), Optional.empty());

        Fact fact = Relays.of(List.of(unlisted), (host, payload) -> Optional.empty())
                .get(0);

        assertThat(fact.words()).startsWith("192.0.2.1:443 may hear this host, which no registry lists; its host");
        assertThat(fact.values()).containsEntry("hears", null);
    }

    private static RegistryAnswer answer(boolean hears) {
        Advertisement self = Advertisement.builder(SELF)
                .relays(hears ? List.of(RELAY.publicKey()) : List.of())
                .build();
        return new RegistryAnswer(
                "10.0.0.254:53", Duration.ofMillis(1), Optional.of(self), List.of(RELAY), Optional.empty());
    }
}
