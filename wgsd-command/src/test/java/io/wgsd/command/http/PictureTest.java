package io.wgsd.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.output.RegistryView;
import io.wgsd.command.status.RegistryPage;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.micrometer.families.RegistryReading;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.server.Registry;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.memory.MemoryDevice;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry that runs, as Chromium shows it. */
@Timeout(120)
class PictureTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");

    @TempDir
    private Path directory;

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());

    @Test
    void aPeerIsChosenByTheKeyboardAndAChangeArrivesByItself() throws Exception {
        MemoryDevice device = wireGuard.create("wg0");
        device.apply(DeviceChange.builder()
                .peer(ALICE)
                .endpoint(Endpoint.parse("203.0.113.1:51820"))
                .build());
        device.recordHandshake(ALICE);
        ZoneOptions zone =
                ZoneOptions.builder(DnsSdNames.parse("wg.example.com")).build();
        try (PeerSource source = wireGuard.source();
                Registry registry =
                        Registry.builder(source, "wg0", zone).listen(ANY_PORT).start();
                MonitoringServer server = serve(registry, source);
                Browser browser = Browser.open(directory)) {
            browser.show("http://localhost:" + server.address().getPort() + "/", 320, 800, false);
            browser.await(peer(ALICE) + "?.getAttribute('aria-label').startsWith('xScVkH3f…: connected')");
            browser.evaluate(peer(ALICE) + ".focus()");
            browser.press("Enter");
            browser.await("document.querySelector('#detail').innerText.includes('" + ALICE.toBase64() + "')");
            assertThat(browser.evaluate("document.activeElement.dataset.key")).contains(ALICE.toBase64());
            assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .contains("\"value\":true");

            device.roam(ALICE, Endpoint.parse("198.51.100.7:2000"));
            device.apply(DeviceChange.builder().peer(BOB).build());

            browser.await("document.querySelector('#detail').innerText.includes('198.51.100.7:2000')");
            browser.await(peer(BOB) + "?.getAttribute('aria-label').includes('never heard')");
            browser.await("document.querySelectorAll('#peers tbody tr').length === 2");
        }
    }

    private static MonitoringServer serve(Registry registry, PeerSource source) throws Exception {
        Supplier<List<RegistryView>> views = () -> List.of(new RegistryView(
                "wg.example.com", "wg0", RegistryReading.of(registry), Optional.empty(), Optional.empty()));
        return MonitoringServer.open(ANY_PORT, new RegistryPages(views, "1", false), RegistryPage.of(views, source));
    }

    private static String peer(PublicKey key) {
        return "document.querySelector('[data-key=\"" + key.toBase64() + "\"]')";
    }
}
