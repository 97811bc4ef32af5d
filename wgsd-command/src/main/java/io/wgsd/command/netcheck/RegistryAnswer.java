package io.wgsd.command.netcheck;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one registry said about this host.
 *
 * @param server its address
 * @param roundTrip how long its answer took
 * @param self how it advertises this host's own device; empty where it does not
 * @param relays the relays that it announces
 * @param error why it said nothing; empty where it answered
 */
public record RegistryAnswer(
        String server,
        Duration roundTrip,
        Optional<Advertisement> self,
        List<RelayAdvertisement> relays,
        Optional<String> error) {

    public RegistryAnswer {
        relays = List.copyOf(relays);
    }

    /** Returns the answer of a registry that gave none. */
    public static RegistryAnswer failed(String server, String error) {
        return new RegistryAnswer(server, Duration.ZERO, Optional.empty(), List.of(), Optional.of(error));
    }

    List<Endpoint> seen() {
        return self.map(Advertisement::endpoints).orElse(List.of());
    }

    Fact fact() {
        Fact fact = error.map(why -> Fact.bad("registry", server + " does not answer: " + why))
                .orElseGet(() -> self.isPresent()
                        ? Fact.good(
                                "registry",
                                server + " answered in " + roundTrip.toMillis() + " ms, and sees this host at "
                                        + Words.join(seen()))
                        : Fact.bad(
                                "registry",
                                server + " answered in " + roundTrip.toMillis()
                                        + " ms, and does not advertise this host: it has no session with it, or hides"
                                        + " its address"));
        return fact.with("server", server)
                .with("roundTripMillis", error.isPresent() ? null : roundTrip.toMillis())
                .with("seen", seen().stream().map(Endpoint::toString).toList());
    }
}
