package io.wgsd.discovery.lookup;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.exchange.ScriptedResponse.txt;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.model.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What a peer has registered of itself, as a registry shows it. */
class CandidateLookupTest {

    private static final Name ALICES = NAMES.candidates(ALICE);

    private final FakeAsker registry = new FakeAsker();

    @Test
    void eachStringIsAnEndpointTheBestFirst() {
        registry.on(ALICES, Type.TXT).answer(txt(ALICES, "192.168.1.7:51820", "[2001:db8::7]:51820"));

        assertThat(candidates())
                .containsExactly(Endpoint.parse("192.168.1.7:51820"), Endpoint.parse("[2001:db8::7]:51820"));
    }

    @Test
    void whatIsNoEndpointDoesNotSpoilTheOthers() {
        registry.on(ALICES, Type.TXT)
                .answer(txt(ALICES, "x=1", "host:51820", "[fe80::1%eth0]:51820", "192.168.1.7:0", "192.168.1.7:51820"));

        assertThat(candidates()).containsExactly(Endpoint.parse("192.168.1.7:51820"));
    }

    @Test
    void noMoreThanEightCount() {
        registry.on(ALICES, Type.TXT)
                .answer(txt(
                        ALICES,
                        IntStream.range(1, 100)
                                .mapToObj(i -> "192.168.1." + i + ":51820")
                                .toArray(String[]::new)));

        assertThat(candidates()).hasSize(8);
    }

    @Test
    void whatIsSaidOfAnotherPeerDoesNotCount() {
        registry.on(ALICES, Type.TXT).answer(txt(NAMES.candidates(BOB), "192.168.1.7:51820"));

        assertThat(candidates()).isEmpty();
    }

    @Test
    void aPeerThatHasRegisteredNothingHasNone() {
        assertThat(candidates()).isEmpty();
    }

    @Test
    void aQuestionThatFailsIsAFailure() {
        registry.fail(ALICES, Type.TXT, new IOException("no answer"));

        assertThat(CandidateLookup.of(context(), ALICE)).isCompletedExceptionally();
    }

    private List<Endpoint> candidates() {
        return CandidateLookup.of(context(), ALICE).join();
    }

    private LookupContext context() {
        return new LookupContext(registry, NAMES, server -> Optional.empty(), Duration.ofSeconds(5));
    }
}
