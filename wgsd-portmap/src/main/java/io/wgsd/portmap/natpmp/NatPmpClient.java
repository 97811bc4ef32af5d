package io.wgsd.portmap.natpmp;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.TimeSource;
import io.wgsd.model.UnusableAddress;
import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.MappingOffer;
import io.wgsd.portmap.MappingProtocol;
import io.wgsd.portmap.exchange.NoAnswerException;
import io.wgsd.portmap.exchange.Patience;
import io.wgsd.portmap.exchange.ReplyReader;
import io.wgsd.portmap.exchange.UdpExchange;
import io.wgsd.portmap.protocol.Held;
import io.wgsd.portmap.protocol.Lifetimes;
import io.wgsd.portmap.protocol.MappingClient;
import io.wgsd.portmap.protocol.Outcome;
import io.wgsd.portmap.protocol.Wish;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Maps a UDP port by NAT-PMP, RFC 6886. */
public final class NatPmpClient implements MappingClient {

    /** A mapping is known by the host's address and port; there is nothing else to keep. */
    private static final String NO_KEY = "-";

    private final UdpExchange exchange;
    private final TimeSource clock;
    private @Nullable Gateway known;
    private @Nullable NatPmpEpoch epoch;
    private Optional<IpAddress> external = Optional.empty();

    public NatPmpClient(UdpExchange exchange, TimeSource clock) {
        this.exchange = exchange;
        this.clock = clock;
    }

    @Override
    public MappingProtocol protocol() {
        return MappingProtocol.NAT_PMP;
    }

    @Override
    public Outcome map(Wish wish, Consumer<Held> keep) {
        try {
            NatPmpResponse address = address(wish.gateway());
            Optional<Outcome> refusal = refusal(address);
            if (refusal.isPresent() || address.external().isEmpty()) {
                return refusal.orElseGet(() -> new Outcome.Absent("it gives no address"));
            }
            observe(wish.gateway(), address);
            keep.accept(held(wish, wish.externalPort(), wish.lifetime()));
            NatPmpResponse response = exchange.ask(
                    wish.gateway(),
                    NatPmpMessages.map(
                            wish.internalPort(),
                            wish.externalPort(),
                            wish.lifetime().toSeconds()),
                    Patience.USUAL,
                    answerTo(wish.internalPort()));
            observe(wish.gateway(), response);
            return refusal(response)
                    .orElseGet(() -> granted(wish, address.external().get(), response));
        } catch (NoAnswerException e) {
            return new Outcome.Absent("it " + e.getMessage());
        }
    }

    private static Optional<Outcome> refusal(NatPmpResponse response) {
        if (response.version() != 0) {
            return Optional.of(new Outcome.Absent("it speaks another version, " + response.version()));
        }
        return response.isSuccess()
                ? Optional.empty()
                : Optional.of(new Outcome.Refused("it refuses: " + response.resultName(), Duration.ZERO));
    }

    private Outcome granted(Wish wish, IpAddress address, NatPmpResponse response) {
        NatPmpResponse.Mapping mapping = response.mapping().orElseThrow();
        Optional<Duration> lifetime = Lifetimes.of(mapping.lifetime());
        if (lifetime.isEmpty()) {
            return new Outcome.Refused("it maps a port for only " + mapping.lifetime() + " s", Duration.ZERO);
        }
        if (UnusableAddress.reason(address).isPresent() || mapping.externalPort() == 0) {
            return new Outcome.Refused(
                    "it says that it maps " + address + " port " + mapping.externalPort()
                            + ", where nobody can send to",
                    Duration.ZERO);
        }
        return new Outcome.Granted(
                held(wish, mapping.externalPort(), lifetime.get()),
                Endpoint.of(address, mapping.externalPort()),
                lifetime.get());
    }

    @Override
    public Check check(Held held) {
        Optional<IpAddress> before = external;
        try {
            NatPmpResponse response = address(held.gateway());
            boolean follows = observe(held.gateway(), response);
            return follows && (before.isEmpty() || before.equals(external)) ? Check.KEPT : Check.LOST;
        } catch (NoAnswerException e) {
            return Check.UNKNOWN;
        }
    }

    @Override
    public boolean release(Held held) {
        try {
            return exchange.ask(
                            held.gateway(),
                            NatPmpMessages.map(held.internalPort(), 0, 0),
                            Patience.SHORT,
                            answerTo(held.internalPort()))
                    .isSuccess();
        } catch (NoAnswerException e) {
            return false;
        }
    }

    @Override
    public MappingOffer offer(Gateway gateway) {
        try {
            NatPmpResponse response = address(gateway);
            return response.version() == 0
                    ? new MappingOffer(
                            MappingProtocol.NAT_PMP, true, response.external(), "it answers: " + response.resultName())
                    : none("it speaks another version, " + response.version());
        } catch (NoAnswerException e) {
            return none("it " + e.getMessage());
        }
    }

    private NatPmpResponse address(Gateway gateway) throws NoAnswerException {
        return exchange.ask(gateway, NatPmpMessages.address(), Patience.USUAL, datagram -> {
            NatPmpResponse response = NatPmpMessages.read(datagram);
            return response.version() != 0 || response.operation() == NatPmpMessages.ADDRESS
                    ? Optional.of(response)
                    : Optional.empty();
        });
    }

    private static ReplyReader<NatPmpResponse> answerTo(int internalPort) {
        return datagram -> {
            NatPmpResponse response = NatPmpMessages.read(datagram);
            boolean answers = response.operation() == NatPmpMessages.MAP_UDP
                    && response.mapping()
                            .map(mapping -> mapping.internalPort() == internalPort)
                            .orElse(!response.isSuccess());
            return answers ? Optional.of(response) : Optional.empty();
        };
    }

    /** Notes a server's epoch and address, and returns whether the epoch follows the one before. */
    private boolean observe(Gateway gateway, NatPmpResponse response) {
        NatPmpEpoch now = new NatPmpEpoch(TimeUnit.NANOSECONDS.toSeconds(clock.nanos()), response.epoch());
        NatPmpEpoch before = gateway.equals(known) ? epoch : null;
        known = gateway;
        epoch = now;
        if (response.external().isPresent()) {
            external = response.external();
        }
        return before == null || now.follows(before);
    }

    private Held held(Wish wish, int externalPort, Duration lifetime) {
        return new Held(
                MappingProtocol.NAT_PMP,
                wish.gateway(),
                wish.internalPort(),
                externalPort,
                NO_KEY,
                clock.instant().plus(lifetime));
    }

    private static MappingOffer none(String detail) {
        return new MappingOffer(MappingProtocol.NAT_PMP, false, Optional.empty(), detail);
    }
}
