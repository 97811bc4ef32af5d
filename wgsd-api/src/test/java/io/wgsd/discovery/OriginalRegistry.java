package io.wgsd.discovery;

import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.ptr;
import static io.wgsd.discovery.exchange.ScriptedResponse.srv;
import static io.wgsd.discovery.exchange.ScriptedResponse.txt;

import io.wgsd.discovery.exchange.ScriptedResponse;
import io.wgsd.discovery.exchange.ScriptedServer.Heard;
import io.wgsd.discovery.exchange.ScriptedServer.Script;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers as the CoreDNS plugin wgsd 0.3.6 was measured to, its oddities included. */
final class OriginalRegistry implements Script {

    private static final int WITHOUT_EDNS = 512;
    private static final int OVER_TCP = 65_535;
    private static final int MAX_STRING = 255;

    private final DnsSdNames names;
    private final Map<PublicKey, Peer> peers = new TreeMap<>();

    OriginalRegistry(DnsSdNames names, Iterable<Peer> peers) {
        this.names = names;
        peers.forEach(peer -> this.peers.put(peer.publicKey(), peer));
    }

    @Override
    public List<byte[]> answer(Heard heard) {
        Name asked = heard.query().getQuestion().getName();
        if (!asked.subdomain(names.origin())) {
            return heard.response().rcode(Rcode.REFUSED).once();
        }
        ScriptedResponse response = heard.response();
        // The owner is in lower case, the question is echoed as it was sent.
        Name owner = ScriptedResponse.name(asked.toString().toLowerCase(Locale.ROOT));
        int type = heard.query().getQuestion().getType();
        if (type == Type.PTR && owner.equals(names.services())) {
            listed().forEach(key -> response.answer(ptr(owner, names.instance(key))));
        } else if (!describe(response, owner, type)) {
            response.rcode(Rcode.NXDOMAIN);
            response.message().addRecord(soa(), Section.AUTHORITY);
        }
        return send(response, size(heard));
    }

    private List<PublicKey> listed() {
        return peers.values().stream()
                .filter(peer -> peer.endpoint().isPresent())
                .map(Peer::publicKey)
                .toList();
    }

    private boolean describe(ScriptedResponse response, Name owner, int type) {
        // Padding is mandatory, and a peer without an endpoint has no names.
        Peer peer = names.key(owner)
                .filter(key -> owner.equals(names.instance(key)))
                .map(peers::get)
                .orElse(null);
        Optional<Endpoint> endpoint = Optional.ofNullable(peer).flatMap(Peer::endpoint);
        if (peer == null || endpoint.isEmpty()) {
            return false;
        }
        Record address = address(owner, endpoint.get().address().toString());
        switch (type) {
            case Type.SRV ->
                response.answer(srv(owner, endpoint.get().port(), owner)).additional(address, text(owner, peer));
            case Type.TXT -> response.answer(text(owner, peer));
            // Whichever family the endpoint has, whichever was asked.
            case Type.A, Type.AAAA -> response.answer(address);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A text of more than 255 bytes is marked by a string that no message can hold. */
    private static Record text(Name owner, Peer peer) {
        String allowed = peer.allowedIps().stream().map(IpPrefix::toString).collect(Collectors.joining(","));
        return txt(
                owner,
                "txtvers=1",
                "pub=" + peer.publicKey(),
                allowed.length() + "allowed=".length() > MAX_STRING ? "unpackable" : "allowed=" + allowed);
    }

    /** Cuts to the size, and only then finds that a text cannot be packed, which it does not report. */
    private static List<byte[]> send(ScriptedResponse response, int size) {
        Message message = response.message();
        for (int section : new int[] {Section.ADDITIONAL, Section.ANSWER}) {
            int over = message.toWire().length + unpackable(message) - size;
            while (over > 0 && !message.getSection(section).isEmpty()) {
                keep(message, section, message.getSection(section).size() - Math.max(1, over / 80));
                message.getHeader().setFlag(Flags.TC);
                over = message.toWire().length + unpackable(message) - size;
            }
        }
        return unpackable(message) > 0 ? List.of() : List.of(message.toWire());
    }

    private static void keep(Message message, int section, int count) {
        List<Record> records = message.getSection(section);
        message.removeAllRecords(section);
        records.stream().limit(Math.max(0, count)).forEach(each -> message.addRecord(each, section));
    }

    private static int unpackable(Message message) {
        boolean found = message.getSection(Section.ANSWER).toString().contains("unpackable")
                || message.getSection(Section.ADDITIONAL).toString().contains("unpackable");
        return found ? MAX_STRING : 0;
    }

    private static int size(Heard heard) {
        if (heard.tcp()) {
            return OVER_TCP;
        }
        return heard.edns() ? heard.query().getOPT().getPayloadSize() : WITHOUT_EDNS;
    }

    private Record soa() {
        return new SOARecord(
                names.origin(),
                DClass.IN,
                60,
                ScriptedResponse.name("ns1." + names),
                ScriptedResponse.name("postmaster." + names),
                1,
                86400,
                7200,
                3600000,
                60);
    }
}
