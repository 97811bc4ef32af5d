package io.wgsd.testkit.contract;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.parts.AllowedIpsContract;
import io.wgsd.testkit.contract.parts.CancellationContract;
import io.wgsd.testkit.contract.parts.ConcurrencyContract;
import io.wgsd.testkit.contract.parts.EndpointsContract;
import io.wgsd.testkit.contract.parts.ErrorsContract;
import io.wgsd.testkit.contract.parts.LifecycleContract;
import io.wgsd.testkit.contract.parts.OrderContract;
import io.wgsd.testkit.contract.parts.PeersContract;
import io.wgsd.testkit.contract.parts.ReadingContract;
import io.wgsd.testkit.contract.parts.RestartContract;
import io.wgsd.testkit.contract.parts.SecrecyContract;
import io.wgsd.testkit.contract.parts.SecretsContract;
import io.wgsd.testkit.contract.parts.SettingsContract;
import io.wgsd.testkit.contract.parts.SizeContract;
import io.wgsd.testkit.contract.parts.StatisticsContract;
import io.wgsd.testkit.contract.parts.UpdateOnlyContract;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link PeerSource} does, as tests: a backend's test extends this class and says how to make a device.
 *
 * <pre>{@code
 * class RouterPeerSourceTest extends PeerSourceContract {
 *     @Override
 *     protected PeerSourceFixture fixture() {
 *         Lab.require(Router.isReachable(), "no router at ROUTER_HOST");
 *         return new RouterFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>The tests branch on {@code Capabilities} alone. They do not sleep, and each ends within two minutes. If a test
 * fails because of the WireGuard behind the backend, {@link PeerSourceFixture} may have a method that says so.
 */
// A module that extends this has JUnit; the others do not need it.
@SuppressWarnings("exports")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class PeerSourceContract
        implements SettingsContract,
                PeersContract,
                OrderContract,
                EndpointsContract,
                AllowedIpsContract,
                SecretsContract,
                SecrecyContract,
                RestartContract,
                UpdateOnlyContract,
                StatisticsContract,
                ReadingContract,
                SizeContract,
                ErrorsContract,
                ConcurrencyContract,
                CancellationContract,
                LifecycleContract {

    private @Nullable PeerSourceFixture fixture;
    private @Nullable PeerSource source;
    private @Nullable DeviceUnderTest device;

    /** Makes the contract's tests, for a subclass. */
    protected PeerSourceContract() {}

    /**
     * Makes a fixture for one test. If the machine lacks something, {@link Lab#require} says so.
     *
     * @return a new fixture, which the contract closes
     * @throws Exception if there can be none, which fails the test
     */
    protected abstract PeerSourceFixture fixture() throws Exception;

    /**
     * Returns the device of the running test, for tests that a subclass adds.
     *
     * @return the device
     */
    @Override
    public final DeviceUnderTest device() {
        if (device == null) {
            throw new IllegalStateException("there is a device only while a test runs");
        }
        return device;
    }

    /**
     * Returns what sources are opened with, unless a test wants a shorter timeout.
     *
     * @return 30 seconds by default, since thousands of peers may have to be written on a busy machine
     */
    @Override
    public PeerSourceOptions options() {
        return PeerSourceOptions.defaults().withTimeout(Duration.ofSeconds(30));
    }

    /**
     * Opens a source over a fresh device.
     *
     * @throws Exception if that fails
     */
    @BeforeEach
    final void openSource() throws Exception {
        PeerSourceFixture made = fixture();
        fixture = made;
        String name = made.createDevice();
        PeerSource opened = made.open(options());
        source = opened;
        device = new DeviceUnderTest(made, opened, name);
    }

    /**
     * Closes the source, then the fixture.
     *
     * @throws IOException if the fixture cannot be closed
     */
    @AfterEach
    final void closeSource() throws IOException {
        try {
            if (source != null) {
                source.close();
            }
        } finally {
            if (fixture != null) {
                fixture.close();
            }
        }
    }
}
