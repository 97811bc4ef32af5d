package io.wgsd.discovery.push;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.push.PushDialogue.News;
import io.wgsd.discovery.push.PushDialogue.UnsupportedPushException;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.DsoTlv;
import io.wgsd.dnssd.push.PushUpdate;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.model.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Record;

/** What a subscriber says and hears, without a socket. */
class PushDialogueTest {

    private static final Endpoint HERE = Endpoint.parse("192.0.2.1:1000");
    private static final Endpoint THERE = Endpoint.parse("192.0.2.2:2000");

    private final PushDialogue dialogue = new PushDialogue(NAMES);

    @Test
    void eachPeerIsSubscribedToOnce() {
        List<byte[]> messages = dialogue.follow(Set.of(ALICE));

        assertThat(messages).singleElement().satisfies(bytes -> {
            DsoMessage message = DsoMessage.parse(bytes);
            assertThat(Subscription.parse(message.primary().orElseThrow()))
                    .isEqualTo(Subscription.all(NAMES.instance(ALICE)));
        });
        assertThat(dialogue.follow(Set.of(ALICE))).isEmpty();
        assertThat(dialogue.follow(Set.of(ALICE, BOB))).hasSize(1);
    }

    @Test
    void aPeerThatIsNoLongerWantedIsUnsubscribedFrom() {
        dialogue.follow(Set.of(ALICE));

        assertThat(dialogue.follow(Set.of()))
                .singleElement()
                .satisfies(bytes -> assertThat(DsoMessage.parse(bytes).primary().orElseThrow())
                        .isEqualTo(DsoTlv.of(DsoTlv.UNSUBSCRIBE, new byte[] {0, 1})));
    }

    @Test
    void aPeerCountsAsFollowedOnceTheRegistryAgrees() throws IOException {
        DsoMessage request = DsoMessage.parse(dialogue.follow(Set.of(ALICE)).get(0));

        assertThat(dialogue.receive(request.respond(0).encode()))
                .containsExactly(new News(ALICE, true, Optional.empty()));
        assertThat(dialogue.receive(request.respond(0).encode())).isEmpty();
    }

    @Test
    void changesAddUpToWhatTheRegistrySays() throws IOException {
        dialogue.follow(Set.of(ALICE));
        Zone none = zone(1);
        Zone here = zone(2, HERE);
        Zone there = zone(3, THERE);

        assertThat(push(none, here)).isEqualTo(Optional.of(HERE));
        assertThat(push(here, there)).isEqualTo(Optional.of(THERE));
        assertThat(push(there, none)).isEmpty();
    }

    @Test
    void theWaysToAPeerArePushedWithItsEndpoint() throws IOException {
        dialogue.follow(Set.of(ALICE));
        Advertisement told = Advertisement.builder(ALICE)
                .endpoint(HERE)
                .natMapping(NatMapping.ENDPOINT_INDEPENDENT)
                .relays(List.of(BOB))
                .build();
        Zone here = zone(2, HERE);
        Zone ways = Zone.of(ZoneOptions.builder(NAMES).build(), List.of(told), 3);
        push(zone(1), here);

        assertThat(dialogue.receive(update(here, ways))).containsExactly(new News(ALICE, false, Optional.of(told)));
    }

    @Test
    void anUnrequestedMessageIsIgnored() throws IOException {
        dialogue.follow(Set.of(BOB));

        assertThat(dialogue.receive(update(zone(1), zone(2, HERE)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, DsoMessage.DSOTYPENI})
    void aRegistryThatDoesNotPushIsRecognised(int rcode) {
        DsoMessage request = DsoMessage.parse(dialogue.follow(Set.of(ALICE)).get(0));

        assertThatThrownBy(() -> dialogue.receive(request.respond(rcode).encode()))
                .isInstanceOf(UnsupportedPushException.class);
    }

    @Test
    void aRefusedPeerIsNotFollowed() throws IOException {
        DsoMessage request = DsoMessage.parse(dialogue.follow(Set.of(ALICE)).get(0));

        assertThat(dialogue.receive(request.respond(5).encode())).isEmpty();
    }

    @Test
    void aSignOfLifeIsAwaitedUntilItComes() throws IOException {
        DsoMessage request = DsoMessage.parse(dialogue.keepalive());

        assertThat(dialogue.awaitsSignOfLife()).isTrue();
        dialogue.receive(request.respond(0).encode());
        assertThat(dialogue.awaitsSignOfLife()).isFalse();
    }

    @Test
    void aRegistryThatTellsWithoutEndIsLeft() {
        dialogue.follow(Set.of(ALICE));

        assertThatThrownBy(() -> {
                    for (int port = 1; port < 100; port++) {
                        Zone zone = zone(port, Endpoint.parse("192.0.2.1:" + port));
                        dialogue.receive(update(zone(1), zone));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 64 records");
    }

    private Optional<Endpoint> push(Zone earlier, Zone later) throws IOException {
        List<News> news = dialogue.receive(update(earlier, later));
        assertThat(news).hasSize(1);
        return news.get(0).advertisement().map(told -> told.endpoints().get(0));
    }

    /** All that changes at Alice's instance, as a registry pushes it. */
    private static byte[] update(Zone earlier, Zone later) {
        ZoneDiff difference = ZoneDiff.between(earlier, later);
        PushUpdate update = new PushUpdate(ofAlice(difference.removed()), List.of(), ofAlice(difference.added()));
        return DsoMessage.unidirectional(update.encode().get(0)).encode();
    }

    private static List<Record> ofAlice(List<Record> records) {
        return records.stream()
                .filter(record -> record.getName().equals(NAMES.instance(ALICE)))
                .toList();
    }

    private static Zone zone(long serial, Endpoint... endpoints) {
        List<Advertisement> peers = List.of(endpoints).stream()
                .map(endpoint -> Advertisement.builder(ALICE).endpoint(endpoint).build())
                .toList();
        return Zone.of(ZoneOptions.builder(NAMES).build(), peers, serial);
    }
}
