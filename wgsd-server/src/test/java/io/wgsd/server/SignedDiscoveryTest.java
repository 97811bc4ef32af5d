package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneSigner;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Record;

/** A client that demands a signer, and a registry that is it, or is not. */
@Timeout(60)
class SignedDiscoveryTest {

    private static final SigningKey KEY = key(SigningAlgorithm.ED25519);

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void answersSignedByThatKeyAreBelieved(SigningAlgorithm algorithm) throws Exception {
        SigningKey key = key(algorithm);
        Registry registry = signed(key);

        try (DiscoveryClient client = client(registry, key.ds())) {
            assertThat(client.lookup(ALICE)).hasValueSatisfying(SignedDiscoveryTest::assertAlice);
            assertThat(client.browse()).singleElement().satisfies(SignedDiscoveryTest::assertAlice);
            assertThat(client.lookup(BOB)).as("proved absence").isEmpty();
        }
    }

    @Test
    void theKeyItselfIsAsGoodAsItsDigest() throws Exception {
        Registry registry = signed(KEY);

        try (DiscoveryClient client = client(registry, KEY.dnskey())) {
            assertThat(client.lookup(ALICE)).isPresent();
        }
    }

    @Test
    void answersSignedByAnotherKeyAreNotBelieved() throws Exception {
        Registry registry = signed(KEY);

        try (DiscoveryClient client =
                client(registry, key(SigningAlgorithm.ED25519).ds())) {
            assertNotSigned(client);
        }
    }

    @Test
    void unsignedAnswersAreNotBelieved() throws Exception {
        world.setPeer(ALICE, HOME);
        Registry registry = started(world.builder());

        try (DiscoveryClient client = client(registry, KEY.ds())) {
            assertNotSigned(client);
            assertThatThrownBy(() -> client.lookup(BOB)).as("absence").isInstanceOf(DiscoveryException.class);
        }
    }

    @Test
    void aSignerOfAnotherZoneIsRefused() {
        Record other = SigningKey.generate(DnsSdNames.parse("example.org"), SigningAlgorithm.ED25519, Instant.now())
                .ds();

        assertThatThrownBy(() -> DiscoveryClient.builder(NAMES).requireSigner(List.of(other)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DiscoveryClient.builder(NAMES).requireSigner(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Registry signed(SigningKey key) throws Exception {
        world.setPeer(ALICE, HOME);
        return started(world.builder().signWith(new ZoneSigner(List.of(key))));
    }

    private Registry started(RegistryBuilder builder) throws IOException {
        Registry registry = world.start(builder);
        World.await(() -> registry.zone().isPresent());
        return registry;
    }

    private static DiscoveryClient client(Registry registry, Record anchor) {
        return DiscoveryClient.builder(NAMES)
                .server(registry.localAddresses().get(0))
                .requireSigner(List.of(anchor))
                .build();
    }

    private static void assertAlice(Advertisement alice) {
        assertThat(alice.publicKey()).isEqualTo(ALICE);
        assertThat(alice.endpoints()).containsExactly(HOME);
        assertThat(alice.allowedIps()).hasSize(1);
    }

    private static void assertNotSigned(DiscoveryClient client) {
        assertThatThrownBy(() -> client.lookup(ALICE))
                .isInstanceOfSatisfying(
                        DiscoveryException.class,
                        e -> assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.NOT_SIGNED))
                .hasMessageContaining("that is not signed as demanded");
    }

    private static SigningKey key(SigningAlgorithm algorithm) {
        return SigningKey.generate(NAMES, algorithm, Instant.now());
    }
}
