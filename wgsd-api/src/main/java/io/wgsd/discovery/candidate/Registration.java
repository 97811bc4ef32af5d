package io.wgsd.discovery.candidate;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * Registers where else a peer can be reached: an UPDATE (RFC 2136) with a lease (RFC 9664) that replaces the TXT of its
 * candidates. Immutable and thread-safe.
 *
 * @param names the zone's names
 * @param key the peer's key, whose device sends it
 * @param candidates where else it can be reached, best first; none to register nothing any more
 * @param lease for how long that is asked for, in whole seconds
 */
public record Registration(DnsSdNames names, PublicKey key, List<Endpoint> candidates, Duration lease) {

    /** RFC 9664, section 4. */
    private static final int LEASE_OPTION = 2;

    /** As large as a datagram may be that is not fragmented; what comes by TCP is not bound to it. */
    private static final int PAYLOAD = 1232;

    /** Copies the list. */
    public Registration {
        candidates = List.copyOf(candidates);
    }

    /** Returns the message in wire form. */
    byte[] toWire(int id) {
        Name name = names.candidates(key);
        Update update = new Update(names.origin());
        update.getHeader().setID(id);
        update.delete(name, Type.TXT);
        if (!candidates.isEmpty()) {
            update.add(new TXTRecord(
                    name,
                    DClass.IN,
                    0,
                    candidates.stream().map(Endpoint::toString).toList()));
        }
        Duration wanted = candidates.isEmpty() ? Duration.ZERO : lease;
        EDNSOption option = new GenericEDNSOption(
                LEASE_OPTION,
                ByteBuffer.allocate(4).putInt((int) wanted.toSeconds()).array());
        update.addRecord(new OPTRecord(PAYLOAD, 0, 0, 0, List.of(option)), Section.ADDITIONAL);
        return update.toWire();
    }

    /** Reads the response to the message of this number. */
    RegistrationOutcome outcome(int id, byte[] response) {
        Message message;
        try {
            message = new Message(response);
        } catch (IOException | RuntimeException e) {
            return RegistrationOutcome.failed("its response cannot be read");
        }
        if (message.getHeader().getID() != id
                || !message.getHeader().getFlag(Flags.QR)
                || message.getHeader().getOpcode() != Opcode.UPDATE) {
            return RegistrationOutcome.failed("its response does not belong to the UPDATE");
        }
        OPTRecord opt = message.getOPT();
        int rcode = message.getRcode();
        if (rcode == Rcode.NOERROR) {
            return lease(opt)
                    .map(RegistrationOutcome::registered)
                    .orElseGet(() -> RegistrationOutcome.unsupported("it grants no lease (RFC 9664)"));
        }
        if (rcode == Rcode.NOTIMP || rcode == Rcode.NOTAUTH) {
            return RegistrationOutcome.unsupported("it takes no registrations (" + Rcode.string(rcode) + ")");
        }
        if (rcode == Rcode.SERVFAIL) {
            return RegistrationOutcome.failed("it has failed (SERVFAIL)");
        }
        return RegistrationOutcome.refused(why(opt).orElseGet(() -> "the response is " + Rcode.string(rcode)));
    }

    private static Optional<Duration> lease(@Nullable OPTRecord opt) {
        if (opt == null) {
            return Optional.empty();
        }
        return opt.getOptions(LEASE_OPTION).stream()
                .map(EDNSOption::toWire)
                .filter(wire -> wire.length >= 8)
                .map(wire -> Duration.ofSeconds(ByteBuffer.wrap(wire).getInt(4) & 0xffffffffL))
                .findFirst();
    }

    private static Optional<String> why(@Nullable OPTRecord opt) {
        if (opt == null) {
            return Optional.empty();
        }
        return opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .filter(ExtendedErrorCodeOption.class::isInstance)
                .map(option -> ((ExtendedErrorCodeOption) option).getText())
                .filter(text -> text != null && !text.isBlank())
                .findFirst();
    }
}
