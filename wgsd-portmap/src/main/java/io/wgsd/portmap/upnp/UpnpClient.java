package io.wgsd.portmap.upnp;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import io.wgsd.model.TimeSource;
import io.wgsd.model.UnusableAddress;
import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.MappingOffer;
import io.wgsd.portmap.MappingProtocol;
import io.wgsd.portmap.exchange.NoAnswerException;
import io.wgsd.portmap.protocol.Held;
import io.wgsd.portmap.protocol.Lifetimes;
import io.wgsd.portmap.protocol.MappingClient;
import io.wgsd.portmap.protocol.Outcome;
import io.wgsd.portmap.protocol.Wish;
import io.wgsd.portmap.upnp.SoapMessages.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Maps a UDP port by UPnP's WANIPConnection or WANPPPConnection, for a time only: a mapping without an end would stay
 * open after a crash. A held mapping's key is the service that holds it.
 */
public final class UpnpClient implements MappingClient {

    private static final int NO_SUCH_ENTRY = 714;
    private static final int CONFLICT = 718;
    private static final int SAME_PORTS = 724;
    private static final int PERMANENT_ONLY = 725;
    private static final int OTHER_CONFLICT = 729;

    private static final int MOST_PORTS = 4;
    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 65536 - FIRST_PORT;
    private static final Duration USUAL = Duration.ofSeconds(2);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final SsdpSearch search;
    private final TimeSource clock;
    private final UnaryOperator<byte[]> random;
    private final BooleanSupplier stopped;
    private Optional<IpAddress> external = Optional.empty();

    /**
     * Makes a client.
     *
     * @param port where routers take searches
     * @param random fills an array with random bytes, and returns it
     * @param stopped whether to give up
     */
    public UpnpClient(int port, TimeSource clock, UnaryOperator<byte[]> random, BooleanSupplier stopped) {
        search = new SsdpSearch(port, clock, stopped);
        this.clock = clock;
        this.random = random;
        this.stopped = stopped;
    }

    @Override
    public MappingProtocol protocol() {
        return MappingProtocol.UPNP;
    }

    @Override
    public Outcome map(Wish wish, Consumer<Held> keep) {
        List<Service> services;
        try {
            services = services(wish.gateway());
        } catch (IOException e) {
            return new Outcome.Absent(clause(e));
        }
        Outcome outcome = new Outcome.Absent("it has no service that maps ports");
        for (Service service : services) {
            try {
                outcome = map(wish, service, keep);
            } catch (IOException e) {
                outcome = refused(clause(e));
            }
            if (outcome instanceof Outcome.Granted) {
                return outcome;
            }
        }
        return outcome;
    }

    private Outcome map(Wish wish, Service service, Consumer<Held> keep) throws IOException {
        Optional<IpAddress> address = externalAddress(wish.gateway(), service);
        if (address.isEmpty()) {
            return refused("it has no external address that anybody can send to");
        }
        int port = wish.externalPort();
        int error = 0;
        for (int i = 0; i < MOST_PORTS; i++) {
            Held held = held(wish, service, port, wish.lifetime());
            keep.accept(held);
            error = add(wish, service, port);
            if (error == 0) {
                return added(wish, held, service, address.get());
            }
            if (error == PERMANENT_ONLY) {
                return refused("it maps ports without an end only (error 725), and after a crash one would stay open");
            }
            if (error == SAME_PORTS && port != wish.internalPort()) {
                port = wish.internalPort();
            } else if (error == CONFLICT || error == OTHER_CONFLICT) {
                port = FIRST_PORT
                        + Math.floorMod(
                                ByteBuffer.wrap(random.apply(new byte[4])).getInt(), PORTS);
            } else {
                break;
            }
        }
        return refused("it refuses: error " + error);
    }

    private int add(Wish wish, Service service, int port) throws IOException {
        Map<String, String> arguments = entry(port);
        arguments.put("NewInternalPort", Integer.toString(wish.internalPort()));
        arguments.put("NewInternalClient", wish.gateway().local().toString());
        arguments.put("NewEnabled", "1");
        arguments.put("NewPortMappingDescription", "wgsd");
        arguments.put("NewLeaseDuration", Long.toString(wish.lifetime().toSeconds()));
        return call(wish.gateway(), service, "AddPortMapping", arguments, USUAL)
                .error()
                .orElse(0);
    }

    /** Asks what was made of it: some routers ignore the lifetime, or leave another host's mapping where it was. */
    private Outcome added(Wish wish, Held held, Service service, IpAddress address) throws IOException {
        Answer entry = entry(held, service);
        Map<String, String> values = entry.values();
        Optional<Duration> lifetime = Optional.of(wish.lifetime());
        if (entry.error().isEmpty()) {
            if (!isOurs(held, values)) {
                return refused("it gives the port to another host");
            }
            String seconds = values.getOrDefault("NewLeaseDuration", "");
            if (!seconds.matches("[0-9]{1,10}") || seconds.matches("0+")) {
                release(held);
                return refused("it maps ports without an end, and after a crash one would stay open");
            }
            lifetime = Lifetimes.of(
                    Math.min(Long.parseLong(seconds), wish.lifetime().toSeconds()));
        }
        if (lifetime.isEmpty()) {
            release(held);
            return refused("it maps a port for too short a time");
        }
        return new Outcome.Granted(
                held(wish, service, held.externalPort(), lifetime.get()),
                Endpoint.of(address, held.externalPort()),
                lifetime.get());
    }

    @Override
    public Check check(Held held) {
        try {
            Service service = Service.parse(held.key(), held.gateway().address());
            Answer entry = entry(held, service);
            if (entry.error().isPresent()) {
                return entry.error().getAsInt() == NO_SUCH_ENTRY ? Check.LOST : Check.UNKNOWN;
            }
            Optional<IpAddress> before = external;
            Optional<IpAddress> now = externalAddress(held.gateway(), service);
            return isOurs(held, entry.values()) && (before.isEmpty() || now.equals(before)) ? Check.KEPT : Check.LOST;
        } catch (ConnectException e) {
            // It may have been started again, and be at another port.
            return Check.LOST;
        } catch (IOException e) {
            return Check.UNKNOWN;
        }
    }

    @Override
    public boolean release(Held held) {
        try {
            Service service = Service.parse(held.key(), held.gateway().address());
            Answer answer = call(held.gateway(), service, "DeletePortMapping", entry(held.externalPort()), SHORT);
            return answer.error().isEmpty() || answer.error().getAsInt() == NO_SUCH_ENTRY;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public MappingOffer offer(Gateway gateway) {
        try {
            List<Service> services = services(gateway);
            if (services.isEmpty()) {
                return none("it has no service that maps ports");
            }
            Service best = services.get(0);
            return new MappingOffer(
                    MappingProtocol.UPNP, true, externalAddress(gateway, best), "it has " + best.type());
        } catch (IOException e) {
            return none(clause(e));
        }
    }

    private List<Service> services(Gateway gateway) throws IOException {
        HttpTarget location = search.find(gateway);
        HttpResponse response = new HttpCall(gateway.local(), USUAL, clock, stopped).get(location);
        if (response.status() != 200) {
            throw new ProtocolException("status " + response.status() + " instead of its description");
        }
        return DeviceDescription.services(response.body(), location);
    }

    private Optional<IpAddress> externalAddress(Gateway gateway, Service service) throws IOException {
        Answer answer = call(gateway, service, "GetExternalIPAddress", Map.of(), USUAL);
        try {
            Optional<IpAddress> address = Optional.of(
                            IpAddress.parse(answer.values().getOrDefault("NewExternalIPAddress", "")))
                    .filter(found -> !found.isIpv6())
                    .filter(found -> UnusableAddress.reason(found).isEmpty());
            external = address;
            return address;
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    private Answer entry(Held held, Service service) throws IOException {
        return call(held.gateway(), service, "GetSpecificPortMappingEntry", entry(held.externalPort()), USUAL);
    }

    private static boolean isOurs(Held held, Map<String, String> values) {
        return held.gateway().local().toString().equals(values.get("NewInternalClient"))
                && Integer.toString(held.internalPort()).equals(values.get("NewInternalPort"));
    }

    private static Map<String, String> entry(int externalPort) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("NewRemoteHost", "");
        arguments.put("NewExternalPort", Integer.toString(externalPort));
        arguments.put("NewProtocol", "UDP");
        return arguments;
    }

    private Answer call(Gateway gateway, Service service, String action, Map<String, String> arguments, Duration limit)
            throws IOException {
        BooleanSupplier giveUp = limit.equals(SHORT) ? () -> false : stopped;
        HttpResponse response = new HttpCall(gateway.local(), limit, clock, giveUp)
                .post(
                        service.control(),
                        Map.of(
                                "Content-Type",
                                "text/xml; charset=\"utf-8\"",
                                "SOAPAction",
                                "\"" + service.type() + "#" + action + "\""),
                        SoapMessages.call(service.type(), action, arguments));
        return SoapMessages.read(action, response.body());
    }

    private static Outcome refused(String why) {
        return new Outcome.Refused(why, Duration.ZERO);
    }

    private static String clause(IOException e) {
        return e instanceof NoAnswerException
                ? "it " + e.getMessage()
                : e instanceof ProtocolException ? "it sends " + e.getMessage() : String.valueOf(e.getMessage());
    }

    private Held held(Wish wish, Service service, int externalPort, Duration lifetime) {
        return new Held(
                MappingProtocol.UPNP,
                wish.gateway(),
                wish.internalPort(),
                externalPort,
                service.toText(),
                clock.instant().plus(lifetime));
    }

    private static MappingOffer none(String detail) {
        return new MappingOffer(MappingProtocol.UPNP, false, Optional.empty(), detail);
    }
}
