package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.BOB;
import static io.wgsd.testkit.contract.support.Samples.HOME;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.testkit.contract.support.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code secrets()} hands out what was written until it is closed. */
public interface SecretsContract extends ContractPart {

    @Test
    default void thePrivateKeyIsHandedOut() throws Exception {
        try (SecretKey key = SecretKey.generatePrivate()) {
            device().apply(change().privateKey(key).build());
            with(secrets -> assertThat(secrets.privateKey())
                    .as("the private key that was written")
                    .contains(key));
        }
    }

    @Test
    default void aPrivateKeyThatIsNotThereIsNotHandedOut() throws Exception {
        with(secrets -> assertThat(secrets.privateKey()).isEmpty());
    }

    @Test
    default void presharedKeysAreHandedOutByPeer() throws Exception {
        try (SecretKey key = SecretKey.generatePreshared()) {
            device().apply(change().peer(ALICE).presharedKey(key).peer(BOB).build());
            assertPresharedKey(ALICE, key);
            assertNoPresharedKey(BOB);
        }
    }

    @Test
    default void aPresharedKeyCanBeReplaced() throws Exception {
        try (SecretKey first = SecretKey.generatePreshared();
                SecretKey second = SecretKey.generatePreshared()) {
            device().apply(change().peer(ALICE).presharedKey(first).build());
            device().apply(change().peer(ALICE).presharedKey(second).build());
            assertPresharedKey(ALICE, second);
        }
    }

    @Test
    default void aPresharedKeyCanBeCleared() throws Exception {
        try (SecretKey key = SecretKey.generatePreshared()) {
            device().apply(change().peer(ALICE).presharedKey(key).build());
        }
        device().apply(change().peer(ALICE).clearPresharedKey().build());
        assertNoPresharedKey(ALICE);
    }

    @Test
    default void aPresharedKeyOfZerosClearsIt() throws Exception {
        try (SecretKey key = SecretKey.generatePreshared();
                SecretKey zeros = Samples.zeros()) {
            device().apply(change().peer(ALICE).presharedKey(key).build());
            device().apply(change().peer(ALICE).presharedKey(zeros).build());
        }
        assertNoPresharedKey(ALICE);
    }

    @Test
    default void severalPresharedKeysCanBeSetAtOnce() throws Exception {
        try (SecretKey first = SecretKey.generatePreshared();
                SecretKey second = SecretKey.generatePreshared()) {
            device().apply(change().peer(ALICE)
                    .presharedKey(first)
                    .peer(BOB)
                    .presharedKey(second)
                    .build());
            assertPresharedKey(ALICE, first);
            assertPresharedKey(BOB, second);
        }
    }

    @Test
    default void secretsStayWhenAnEndpointIsSet() throws Exception {
        try (SecretKey own = SecretKey.generatePrivate();
                SecretKey preshared = SecretKey.generatePreshared()) {
            device().apply(change().privateKey(own)
                    .peer(ALICE)
                    .presharedKey(preshared)
                    .build());
            device().apply(change().peer(ALICE).updateOnly().endpoint(HOME).build());
            assertThat(device().read().publicKey()).contains(own.publicKey());
            assertPresharedKey(ALICE, preshared);
        }
    }

    @Test
    default void closingWipesAllSecrets() throws Exception {
        try (SecretKey own = SecretKey.generatePrivate();
                SecretKey preshared = SecretKey.generatePreshared()) {
            device().apply(change().privateKey(own)
                    .peer(ALICE)
                    .presharedKey(preshared)
                    .build());
        }
        with(secrets -> {
            SecretKey own = secrets.privateKey().orElseThrow();
            SecretKey preshared = secrets.presharedKey(ALICE).orElseThrow();
            secrets.close();
            assertThatThrownBy(own::toBytes).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(preshared::toBytes).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    default void aSourceThatHandsOutNoSecretsSaysSo() throws Exception {
        if (device().fixture().handsOutSecrets()) {
            device().source().secrets(device().name()).close();
        } else {
            assertThatThrownBy(() -> device().source().secrets(device().name()))
                    .isInstanceOf(UnsupportedException.class);
        }
    }

    /** Returns the secrets; none where they are not handed out, which another test asks for. */
    private Optional<DeviceSecrets> secrets() throws Exception {
        return device().fixture().handsOutSecrets()
                ? Optional.of(device().source().secrets(device().name()))
                : Optional.empty();
    }

    private void with(Check check) throws Exception {
        Optional<DeviceSecrets> secrets = secrets();
        if (secrets.isPresent()) {
            try (DeviceSecrets open = secrets.get()) {
                check.of(open);
            }
        }
    }

    /** What is asked of secrets. */
    interface Check {
        void of(DeviceSecrets secrets) throws Exception;
    }

    private void assertPresharedKey(PublicKey peer, SecretKey written) throws Exception {
        with(secrets -> assertThat(secrets.presharedKey(peer))
                .as("the preshared key that was written")
                .contains(written));
    }

    private void assertNoPresharedKey(PublicKey peer) throws Exception {
        with(secrets ->
                assertThat(secrets.presharedKey(peer)).as("a preshared key").isEmpty());
    }
}
