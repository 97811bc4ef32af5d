package io.wgsd.server.candidate;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.internal.Durations;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.Outcome;
import io.wgsd.server.answer.Response;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.wire.MalformedRequestException;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * Answers registrations of candidates. Who registers is proved by the tunnel: the message came by TCP through the
 * device, from an address that belongs to one peer alone, and from a port below 1024, which programs on the peer cannot
 * use without its administrator. A host behind a peer that masquerades may keep such a port, and so register for the
 * peer, within the rules for candidates. Thread-safe.
 */
public final class CandidateUpdates {

    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private final DnsSdNames names;
    private final CandidateBook book;
    private final HeardSources heard;

    /**
     * Makes an answerer for a zone.
     *
     * @param names the zone's names
     * @param book where registrations go
     * @param heard where relays hear peers
     */
    public CandidateUpdates(DnsSdNames names, CandidateBook book, HeardSources heard) {
        this.names = names;
        this.book = book;
        this.heard = heard;
    }

    /** Returns whether a message is an UPDATE that came the way that registrations come. */
    public static boolean concerns(byte[] message, QuerySource source) {
        return message.length >= WireFormat.HEADER_LENGTH
                && !MessageHeader.isResponse(message)
                && MessageHeader.opcode(message) == Opcode.UPDATE
                && source.protocol() == Protocol.TCP
                && source.arrival() == Arrival.DEVICE;
    }

    /**
     * Answers an UPDATE.
     *
     * @param message the whole message, with at least a header
     * @param grant what the client may have
     * @param source where it comes from
     * @param device the device as it was read last
     * @return a response that says what was registered, and for how long, or why nothing was
     */
    public Response respond(byte[] message, Grant grant, QuerySource source, Device device) {
        PublicKey peer = grant.peer();
        try {
            CandidateUpdate update = CandidateUpdate.parse(message, names);
            if (peer == null || !ownsAddress(peer, source, device)) {
                throw new CandidateUpdate.RefusedException(
                        Rcode.REFUSED, "only from an address that belongs to one peer alone (/32 or /128)");
            }
            if (source.port() >= FIRST_UNPRIVILEGED_PORT || source.port() == 0) {
                throw new CandidateUpdate.RefusedException(
                        Rcode.REFUSED, "only from a port below " + FIRST_UNPRIVILEGED_PORT);
            }
            if (!peer.equals(update.key())) {
                throw new CandidateUpdate.RefusedException(Rcode.REFUSED, "only for the peer's own key");
            }
            Optional<Response> unseen = check(message, update, device);
            if (unseen.isPresent()) {
                return unseen.get();
            }
            Duration lease = update.lease().isZero()
                    ? Duration.ZERO
                    : Durations.min(Durations.max(update.lease(), SHORTEST), LONGEST);
            book.register(peer, update.candidates(), lease, device);
            return response(message, Rcode.NOERROR, lease(lease), Outcome.REGISTERED);
        } catch (CandidateUpdate.RefusedException e) {
            return response(message, e.rcode(), prohibited(e), Outcome.REFUSED).because(String.valueOf(e.getMessage()));
        } catch (MalformedRequestException e) {
            return response(message, Rcode.FORMERR, null, Outcome.MALFORMED);
        }
    }

    /**
     * Returns the response to a registration of an address of IPv6 at which nobody sees the peer: that is no offence,
     * since a host does not know by which addresses it is seen.
     */
    private Optional<Response> check(byte[] message, CandidateUpdate update, Device device)
            throws CandidateUpdate.RefusedException {
        for (Endpoint candidate : update.candidates()) {
            Optional<String> why = CandidateRules.refusal(candidate, update.key(), device, heard.of(update.key()));
            if (why.isPresent()) {
                CandidateUpdate.RefusedException refusal =
                        new CandidateUpdate.RefusedException(Rcode.REFUSED, candidate + ": " + why.get());
                if (!candidate.address().isIpv6()) {
                    throw refusal;
                }
                return Optional.of(response(message, refusal.rcode(), prohibited(refusal), Outcome.NOT_REGISTERED));
            }
        }
        return Optional.empty();
    }

    private static EDNSOption prohibited(CandidateUpdate.RefusedException refusal) {
        return new ExtendedErrorCodeOption(ExtendedErrorCodeOption.PROHIBITED, String.valueOf(refusal.getMessage()));
    }

    private static boolean ownsAddress(PublicKey peer, QuerySource source, Device device) {
        return device.peer(peer)
                .filter(each -> each.allowedIps().contains(IpPrefix.of(source.address())))
                .isPresent();
    }

    private static EDNSOption lease(Duration lease) {
        byte[] seconds = ByteBuffer.allocate(4).putInt((int) lease.toSeconds()).array();
        return new GenericEDNSOption(CandidateUpdate.LEASE_OPTION, seconds);
    }

    private static Response response(byte[] message, int rcode, @Nullable EDNSOption option, Outcome outcome) {
        Message response = new Message(MessageHeader.id(message));
        Header header = response.getHeader();
        header.setOpcode(Opcode.UPDATE);
        header.setFlag(Flags.QR);
        header.setRcode(rcode);
        if (option != null) {
            List<EDNSOption> options = new ArrayList<>(List.of(option));
            response.addRecord(
                    new OPTRecord(WireFormat.MAX_UDP_RESPONSE, 0, WireFormat.EDNS_VERSION, 0, options),
                    Section.ADDITIONAL);
        }
        return new Response(outcome, response.toWire());
    }
}
