package io.wgsd.discovery.registry;

import static io.wgsd.discovery.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.Samples;
import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.discovery.lookup.FakeLookups;
import io.wgsd.model.FormatException;
import io.wgsd.model.Moment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that is known by its name. */
class NamedChannelTest {

    private final FakeResolver names = new FakeResolver().are("10.0.0.254");
    private final List<InetSocketAddress> clients = new ArrayList<>();
    private final NamedChannel channel = new NamedChannel(
            new HostName("registry.example.com", 53),
            names,
            server -> {
                clients.add(server);
                return FakeLookups.of(server, new FakeAsker());
            },
            new InlineThreads());
    private Moment now = NOW;

    @Test
    void itIsLookedUpAtTheStart() {
        assertThat(channel.servers()).isEmpty();
        refresh(false);
        assertThat(channel.servers()).containsExactly(new InetSocketAddress("10.0.0.254", 53));
    }

    @Test
    void itIsNotLookedUpAgainWhileItAnswers() {
        refresh(false);
        names.are("10.0.0.253");
        refresh(false);
        assertThat(names.asked()).isEqualTo(1);
        assertThat(clients).hasSize(1);
    }

    @Test
    void whileItIsAwayItsNewAddressIsUsed() {
        refresh(false);
        names.are("10.0.0.253");
        refresh(true);
        assertThat(channel.servers()).containsExactly(new InetSocketAddress("10.0.0.253", 53));
        assertThat(clients).hasSize(2);
    }

    @Test
    void anAddressThatStaysTheSameIsKept() {
        refresh(false);
        refresh(true);
        assertThat(clients).hasSize(1);
    }

    @Test
    void ofSeveralAddressesTheNextIsTriedWhileOneIsAway() {
        names.are("10.0.0.254", "10.0.0.253");
        refresh(false);
        refresh(true);
        assertThat(channel.servers()).containsExactly(new InetSocketAddress("10.0.0.253", 53));
    }

    @Test
    void aNameThatIsNotResolvedIsSaidAndTriedAgain() {
        names.are();
        assertThat(refresh(false))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("registry.example.com cannot be resolved", "check"));
        names.are("10.0.0.254");
        assertThat(refresh(false)).isEmpty();
        assertThat(channel.servers()).hasSize(1);
    }

    @Test
    void itIsLookedUpEachFiveSecondsAtMost() {
        names.are();
        for (int i = 0; i < 100; i++) {
            channel.refresh(true, now, () -> {});
            now = now.plus(Duration.ofMillis(100));
        }
        assertThat(names.asked()).isEqualTo(2);
    }

    @Test
    void oneThatIsNotKnownWhereFailsToBeAsked() {
        assertThat(channel.ask(Samples.ALICE, server -> Optional.empty())).isCompletedExceptionally();
        assertThat(channel.relays(server -> Optional.empty())).isCompletedExceptionally();
        assertThat(channel.isProven()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "hub.example.com/", "registryEndpoint;rm"})
    void textThatIsNoNameIsRefused(String host) {
        assertThatThrownBy(() -> new HostName(host, 53)).isInstanceOf(FormatException.class);
    }

    /** A look-up ends at once, and its result is taken the next time. */
    private Optional<String> refresh(boolean away) {
        now = now.plus(Duration.ofSeconds(6));
        channel.refresh(away, now, () -> {});
        return channel.refresh(away, now, () -> {});
    }
}
