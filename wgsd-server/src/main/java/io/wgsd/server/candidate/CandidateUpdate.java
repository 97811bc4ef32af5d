package io.wgsd.server.candidate;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.wire.MalformedRequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * A peer's registration: an UPDATE (RFC 2136) with a lease (RFC 9664, section 4) that replaces the TXT of its
 * candidates.
 *
 * @param key the peer's key, as the name says
 * @param candidates where else it may be, best first; none to register nothing any more
 * @param lease for how long that is asked for
 */
record CandidateUpdate(PublicKey key, List<Endpoint> candidates, Duration lease) {

    /** EDNS option UPDATE-LEASE. */
    static final int LEASE_OPTION = 2;

    /** Only what a registration needs; an UPDATE may have many records. */
    private static final int MOST_RECORDS = 4;

    /** What is wrong with an UPDATE, with the response code that says so. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;

        private final int rcode;

        RefusedException(int rcode, String why) {
            super(why);
            this.rcode = rcode;
        }

        int rcode() {
            return rcode;
        }
    }

    /**
     * Reads an UPDATE.
     *
     * @param message the whole message
     * @throws MalformedRequestException if it is no DNS message
     * @throws RefusedException if it is none of these registrations
     */
    static CandidateUpdate parse(byte[] message, DnsSdNames names) throws MalformedRequestException, RefusedException {
        Message parsed = read(message);
        List<Record> zone = parsed.getSection(Section.ZONE);
        if (zone.size() != 1 || zone.get(0).getType() != Type.SOA) {
            throw new MalformedRequestException("an UPDATE has one zone");
        }
        if (zone.get(0).getDClass() != DClass.IN || !zone.get(0).getName().equals(names.origin())) {
            throw new RefusedException(Rcode.NOTAUTH, "not the zone of this registry");
        }
        if (!parsed.getSection(Section.PREREQ).isEmpty()) {
            throw refused("a registration has no prerequisites");
        }
        Duration lease = lease(parsed.getOPT());
        List<Record> updates = parsed.getSection(Section.UPDATE);
        if (updates.isEmpty() || updates.size() > MOST_RECORDS) {
            throw refused("a registration has 1 to " + MOST_RECORDS + " records");
        }
        PublicKey key = names.candidatesKey(updates.get(0).getName())
                .orElseThrow(() -> refused("peers register their candidates only, at <key>._wireguard-cand._udp"));
        TXTRecord added = null;
        for (Record update : updates) {
            if (!update.getName().equals(updates.get(0).getName())) {
                throw refused("a registration has one name");
            }
            boolean text = update.getType() == Type.TXT;
            if (update.getDClass() == DClass.ANY && (text || update.getType() == Type.ANY)) {
                added = null;
            } else if (update.getDClass() == DClass.IN && update instanceof TXTRecord record && added == null) {
                added = record;
            } else {
                throw refused("a registration deletes the TXT and adds one");
            }
        }
        return new CandidateUpdate(key, candidates(added, lease), lease);
    }

    private static Message read(byte[] message) throws MalformedRequestException {
        try {
            return new Message(message);
        } catch (IOException | RuntimeException e) {
            throw new MalformedRequestException("an UPDATE that cannot be read");
        }
    }

    /** The first four bytes are the lease in seconds; a lease for the key may follow. */
    private static Duration lease(@Nullable OPTRecord opt) throws RefusedException {
        Optional<byte[]> data = opt == null
                ? Optional.empty()
                : opt.getOptions(LEASE_OPTION).stream().findFirst().map(CandidateUpdate::data);
        if (data.isEmpty() || (data.get().length != 4 && data.get().length != 8)) {
            throw refused("a registration needs a lease (EDNS option 2, RFC 9664)");
        }
        return Duration.ofSeconds(ByteBuffer.wrap(data.get()).getInt() & 0xffffffffL);
    }

    private static byte[] data(EDNSOption option) {
        byte[] wire = option.toWire();
        byte[] data = new byte[wire.length - 4];
        System.arraycopy(wire, 4, data, 0, data.length);
        return data;
    }

    private static List<Endpoint> candidates(@Nullable TXTRecord text, Duration lease) throws RefusedException {
        if (text == null || lease.isZero()) {
            return List.of();
        }
        List<Endpoint> candidates = new ArrayList<>();
        for (String each : text.getStrings()) {
            try {
                candidates.add(Endpoint.parse(each));
            } catch (FormatException e) {
                throw refused("a candidate is HOST:PORT, with a numeric host");
            }
        }
        if (candidates.size() > CandidateRules.MOST) {
            throw refused("a peer has at most " + CandidateRules.MOST + " candidates");
        }
        return candidates.stream().distinct().toList();
    }

    private static RefusedException refused(String why) {
        return new RefusedException(Rcode.REFUSED, why);
    }
}
