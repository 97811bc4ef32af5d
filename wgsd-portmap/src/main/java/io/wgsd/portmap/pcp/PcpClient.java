package io.wgsd.portmap.pcp;

import io.wgsd.model.Endpoint;
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
import java.net.ProtocolException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Maps a UDP port by PCP, RFC 6887. The nonce by which a server knows whose mapping it is lasts as long as the mapping
 * is held; a held mapping's key is its nonce.
 */
public final class PcpClient implements MappingClient {

    private final UdpExchange exchange;
    private final TimeSource clock;
    private final UnaryOperator<byte[]> random;
    private @Nullable Gateway known;
    private @Nullable PcpEpoch epoch;

    /**
     * Makes a client.
     *
     * @param random fills an array with random bytes, and returns it
     */
    public PcpClient(UdpExchange exchange, TimeSource clock, UnaryOperator<byte[]> random) {
        this.exchange = exchange;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public MappingProtocol protocol() {
        return MappingProtocol.PCP;
    }

    @Override
    public Outcome map(Wish wish, Consumer<Held> keep) {
        String nonce = wish.held()
                .map(Held::key)
                .orElseGet(() -> HexFormat.of().formatHex(random.apply(new byte[PcpMessages.NONCE])));
        Held asked = held(wish, nonce, wish.externalPort(), wish.lifetime());
        keep.accept(asked);
        byte[] request = PcpMessages.map(
                wish.gateway().local(), wish.lifetime().toSeconds(), nonce, wish.internalPort(), wish.externalPort());
        PcpResponse response;
        try {
            response = exchange.ask(wish.gateway(), request, Patience.USUAL, answerTo(asked));
        } catch (NoAnswerException e) {
            return new Outcome.Absent("it " + e.getMessage());
        }
        if (response.version() != PcpMessages.VERSION) {
            return new Outcome.Absent("it speaks another version, " + response.version());
        }
        observe(wish.gateway(), response);
        if (!response.isSuccess() || response.mapping().isEmpty()) {
            Duration pause = Duration.ofSeconds(Math.min(response.lifetime(), Lifetimes.MOST.toSeconds()));
            return new Outcome.Refused("it refuses: " + response.resultName(), pause);
        }
        return granted(wish, nonce, response.lifetime(), response.mapping().get());
    }

    private Outcome granted(Wish wish, String nonce, long seconds, PcpResponse.Mapping mapping) {
        Optional<Duration> lifetime = Lifetimes.of(seconds);
        if (lifetime.isEmpty()) {
            return new Outcome.Refused("it maps a port for only " + seconds + " s", Duration.ZERO);
        }
        Optional<String> unusable = UnusableAddress.reason(mapping.external());
        if (unusable.isPresent() || mapping.external().isIpv6() || mapping.externalPort() == 0) {
            return new Outcome.Refused(
                    "it says that it maps " + mapping.external() + " port " + mapping.externalPort()
                            + ", where nobody can send to",
                    Duration.ZERO);
        }
        return new Outcome.Granted(
                held(wish, nonce, mapping.externalPort(), lifetime.get()),
                Endpoint.of(mapping.external(), mapping.externalPort()),
                lifetime.get());
    }

    @Override
    public Check check(Held held) {
        try {
            PcpResponse response = exchange.ask(
                    held.gateway(),
                    PcpMessages.announce(held.gateway().local()),
                    Patience.USUAL,
                    PcpClient::answerToAnnounce);
            return observe(held.gateway(), response) ? Check.KEPT : Check.LOST;
        } catch (NoAnswerException e) {
            return Check.UNKNOWN;
        }
    }

    @Override
    public boolean release(Held held) {
        byte[] request = PcpMessages.map(held.gateway().local(), 0, held.key(), held.internalPort(), 0);
        try {
            return exchange.ask(held.gateway(), request, Patience.SHORT, answerTo(held))
                    .isSuccess();
        } catch (NoAnswerException e) {
            return false;
        }
    }

    @Override
    public MappingOffer offer(Gateway gateway) {
        try {
            PcpResponse response = exchange.ask(
                    gateway,
                    PcpMessages.announce(gateway.local()),
                    Patience.USUAL,
                    datagram -> Optional.of(PcpMessages.read(datagram)));
            boolean speaks = response.version() == PcpMessages.VERSION;
            return new MappingOffer(
                    MappingProtocol.PCP,
                    speaks,
                    Optional.empty(),
                    speaks
                            ? "it answers: " + response.resultName()
                            : "it speaks another version, " + response.version());
        } catch (NoAnswerException e) {
            return none("it " + e.getMessage());
        }
    }

    /** Errors too repeat what they are about, but for those of a server that has not understood the question. */
    private static ReplyReader<PcpResponse> answerTo(Held asked) {
        return datagram -> {
            PcpResponse response = PcpMessages.read(datagram);
            boolean answers = response.version() != PcpMessages.VERSION
                    || (response.opcode() == PcpMessages.MAP && isAbout(asked, response));
            return answers ? Optional.of(response) : Optional.empty();
        };
    }

    private static boolean isAbout(Held asked, PcpResponse response) {
        return response.mapping()
                .map(mapping -> mapping.nonce().equals(asked.key())
                        && mapping.protocol() == PcpMessages.UDP
                        && mapping.internalPort() == asked.internalPort())
                .orElse(true);
    }

    private static Optional<PcpResponse> answerToAnnounce(byte[] datagram) throws ProtocolException {
        PcpResponse response = PcpMessages.read(datagram);
        return response.version() == PcpMessages.VERSION && response.opcode() == PcpMessages.ANNOUNCE
                ? Optional.of(response)
                : Optional.empty();
    }

    /** Notes a server's epoch, and returns whether it follows the one before. */
    private boolean observe(Gateway gateway, PcpResponse response) {
        PcpEpoch now = new PcpEpoch(TimeUnit.NANOSECONDS.toSeconds(clock.nanos()), response.epoch());
        PcpEpoch before = gateway.equals(known) ? epoch : null;
        known = gateway;
        epoch = now;
        return before == null || now.follows(before);
    }

    private Held held(Wish wish, String nonce, int externalPort, Duration lifetime) {
        return new Held(
                MappingProtocol.PCP,
                wish.gateway(),
                wish.internalPort(),
                externalPort,
                nonce,
                clock.instant().plus(lifetime));
    }

    private static MappingOffer none(String detail) {
        return new MappingOffer(MappingProtocol.PCP, false, Optional.empty(), detail);
    }
}
