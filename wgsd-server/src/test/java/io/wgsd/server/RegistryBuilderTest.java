package io.wgsd.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong setting is refused where it is made, by its name. */
class RegistryBuilderTest {

    private final PeerSource source = MemoryWireGuard.of(InstantSource.system()).source();
    private final RegistryBuilder builder = Registry.builder(source, "wg0", Samples.OPTIONS);

    @AfterEach
    void close() throws IOException {
        source.close();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void nothingIsRefusedByTheNameOfTheSetting(Map.Entry<String, BiConsumer<RegistryBuilder, Object>> setting) {
        assertThatThrownBy(() -> setting.getValue().accept(builder, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage(setting.getKey());
    }

    static Stream<Map.Entry<String, BiConsumer<RegistryBuilder, Object>>> settings() {
        return Stream.of(
                Map.entry("address", (builder, none) -> builder.listen(null)),
                Map.entry("prefixes", (builder, none) -> builder.allow(null)),
                Map.entry("prefixes", (builder, none) -> builder.allowTransfer(null)),
                Map.entry("key", (builder, none) -> builder.allowKey(null)),
                Map.entry("key", (builder, none) -> builder.allowTransferKey(null)),
                Map.entry("visibility", (builder, none) -> builder.visibility(null)),
                Map.entry("signWith", (builder, none) -> builder.signWith(null)),
                Map.entry("staleLimit", (builder, none) -> builder.staleLimit(null)),
                Map.entry("identity", (builder, none) -> builder.identity(null)),
                Map.entry("address", (builder, none) -> builder.notifySecondary(null)),
                Map.entry("advertiser", (builder, none) -> builder.advertiser(null)),
                Map.entry("pollInterval", (builder, none) -> builder.pollInterval(null)),
                Map.entry("listener", (builder, none) -> builder.listener(null)),
                Map.entry("threadFactory", (builder, none) -> builder.threadFactory(null)),
                Map.entry("clock", (builder, none) -> builder.clock(null)),
                Map.entry(
                        "members", (builder, none) -> VisibilityPolicy.builder().group(null)),
                Map.entry("peers", (builder, none) -> VisibilityPolicy.builder().seenByAll(null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void durationsAreMoreThanZero(Duration value) {
        assertThatThrownBy(() -> builder.pollInterval(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pollInterval must be more than zero, was " + value);
        assertThatThrownBy(() -> builder.staleLimit(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("staleLimit must be more than zero, was " + value);
    }

    @Test
    void aStaleLimitIsNotLessThanWhatIsWaitedForAnyway() {
        assertThatThrownBy(() -> builder.staleLimit(Duration.ofSeconds(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("staleLimit must be at least PT5S")
                .hasMessageEndingWith("was PT4S");
    }

    @Test
    void allowingEnumerationNeedsAllowedClients() {
        assertThatThrownBy(() -> builder.allowEnumeration(true).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("allowEnumeration needs allow");
    }

    @Test
    void aPollIntervalIsADayAtMost() {
        assertThatThrownBy(() -> builder.pollInterval(Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pollInterval must be at most a day, was PT48H");
    }
}
