package io.wgsd.spi.select;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.spi.HostNetwork;
import io.wgsd.spi.NetworkChanges;
import io.wgsd.spi.OuterRoute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Asks the implementations that the runtime has, one after the other; they are loaded with the first question.
 * Thread-safe.
 */
public final class InstalledNetwork implements HostNetwork {

    public static final InstalledNetwork INSTANCE = new InstalledNetwork(() -> Loaded.ALL);

    private static final int TOO_MANY_FAILURES = 100;

    private final Supplier<List<HostNetwork>> networks;

    public InstalledNetwork(Supplier<List<HostNetwork>> networks) {
        this.networks = networks;
    }

    private static final class Loaded {
        private static final List<HostNetwork> ALL =
                load(ServiceLoader.load(HostNetwork.class, HostNetwork.class.getClassLoader())
                        .iterator());
    }

    private interface Question<T> {
        T ask(HostNetwork network) throws IOException;
    }

    @Override
    public Map<Endpoint, OuterRoute> outerRoutes(Device device, Collection<Endpoint> endpoints) throws IOException {
        return ask(network -> network.outerRoutes(device, endpoints));
    }

    @Override
    public List<Link> links() throws IOException {
        return ask(HostNetwork::links);
    }

    @Override
    public NetworkChanges changes() throws IOException {
        return ask(HostNetwork::changes);
    }

    /** Passes over those that do not load: what they would report is not worth an error. */
    public static List<HostNetwork> load(Iterator<HostNetwork> found) {
        List<HostNetwork> networks = new ArrayList<>();
        int failures = 0;
        while (failures < TOO_MANY_FAILURES) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                networks.add(found.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
            }
        }
        return List.copyOf(networks);
    }

    private <T> T ask(Question<T> question) throws IOException {
        IOException failure = new IOException("nothing here can ask the system for its routes;"
                + " on Linux, add the jar wgsd-backend-netlink and JNA");
        for (HostNetwork network : networks.get()) {
            try {
                return question.ask(network);
            } catch (IOException e) {
                failure = e;
            } catch (RuntimeException | LinkageError e) {
                failure = new IOException(network.getClass().getName() + " does not work here: " + e, e);
            }
        }
        throw failure;
    }
}
