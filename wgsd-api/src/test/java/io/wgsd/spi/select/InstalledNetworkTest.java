package io.wgsd.spi.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.spi.HostNetwork;
import io.wgsd.spi.NetworkChanges;
import io.wgsd.spi.OuterRoute;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is asked for a host's routes, of what the runtime has. */
class InstalledNetworkTest {

    private static final Endpoint THERE = Endpoint.parse("203.0.113.1:51820");
    private static final Device DEVICE =
            Device.builder("wg0", DeviceKind.KERNEL).build();

    @Test
    void whereThereIsNoneThatIsSaidWithWhatToDo() {
        assertThatThrownBy(() -> HostNetwork.installed().outerRoutes(DEVICE, List.of(THERE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("add the jar wgsd-backend-netlink");
        assertThatThrownBy(() -> HostNetwork.installed().changes()).isInstanceOf(IOException.class);
    }

    @Test
    void theFirstThatCanAnswerDoes() throws Exception {
        HostNetwork broken = new Fake(new IllegalStateException("an old one's fault"));
        HostNetwork unable = new Fake(new IOException("not here"));
        HostNetwork able = new Fake(null);

        assertThat(of(broken, unable, able).outerRoutes(DEVICE, List.of(THERE)))
                .containsExactly(Map.entry(THERE, OuterRoute.OUTSIDE));
    }

    @Test
    void whereNoneCanTheLastSaysWhy() {
        assertThatThrownBy(() -> of(new Fake(new IOException("not here"))).changes())
                .isInstanceOf(IOException.class)
                .hasMessage("not here");
    }

    @Test
    void oneThatDoesNotLoadIsPassedOver() {
        HostNetwork able = new Fake(null);
        Iterator<HostNetwork> loaded = List.of(able).iterator();
        assertThat(InstalledNetwork.load(new Iterator<>() {
                    private boolean failed;

                    @Override
                    public boolean hasNext() {
                        return loaded.hasNext();
                    }

                    @Override
                    public HostNetwork next() {
                        if (!failed) {
                            failed = true;
                            throw new ServiceConfigurationError("made for another version");
                        }
                        return loaded.next();
                    }
                }))
                .containsExactly(able);
    }

    private static HostNetwork of(HostNetwork... networks) {
        return new InstalledNetwork(() -> List.of(networks));
    }

    private record Fake(@Nullable Exception failure) implements HostNetwork {

        @Override
        public Map<Endpoint, OuterRoute> outerRoutes(Device device, Collection<Endpoint> endpoints) throws IOException {
            fail();
            return Map.of(THERE, OuterRoute.OUTSIDE);
        }

        @Override
        public NetworkChanges changes() throws IOException {
            fail();
            throw new IOException("this one only answers");
        }

        private void fail() throws IOException {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
        }
    }
}
