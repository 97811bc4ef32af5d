package io.wgsd.discovery.exchange;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** Builds a server's response, with a method for each oddity; not thread-safe. */
public final class ScriptedResponse {

    private final Message message;

    private ScriptedResponse(Message message) {
        this.message = message;
    }

    public static ScriptedResponse to(Message query) {
        Message response = new Message(query.getHeader().getID());
        response.getHeader().setOpcode(Opcode.QUERY);
        response.getHeader().setFlag(Flags.QR);
        response.getHeader().setFlag(Flags.AA);
        if (query.getQuestion() != null) {
            response.addRecord(query.getQuestion(), Section.QUESTION);
        }
        return new ScriptedResponse(response);
    }

    public ScriptedResponse id(int id) {
        message.getHeader().setID(id);
        return this;
    }

    public ScriptedResponse rcode(int rcode) {
        message.getHeader().setRcode(rcode);
        return this;
    }

    /** Denies the name with the authority of {@code example.com}. */
    public ScriptedResponse nxdomain() {
        return rcode(Rcode.NXDOMAIN).soa(name("example.com."));
    }

    public ScriptedResponse soa(Name zone) {
        message.addRecord(new SOARecord(zone, DClass.IN, 1, zone, zone, 1, 60, 10, 604800, 1), Section.AUTHORITY);
        return this;
    }

    public ScriptedResponse recursionAvailable() {
        message.getHeader().setFlag(Flags.RA);
        return this;
    }

    public ScriptedResponse truncated() {
        message.getHeader().setFlag(Flags.TC);
        return this;
    }

    public ScriptedResponse notAResponse() {
        message.getHeader().unsetFlag(Flags.QR);
        return this;
    }

    public ScriptedResponse withoutQuestion() {
        message.removeAllRecords(Section.QUESTION);
        return this;
    }

    public ScriptedResponse question(Name name, int type) {
        withoutQuestion();
        message.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        return this;
    }

    public ScriptedResponse answer(Record... records) {
        Arrays.stream(records).forEach(each -> message.addRecord(each, Section.ANSWER));
        return this;
    }

    public ScriptedResponse additional(Record... records) {
        Arrays.stream(records).forEach(each -> message.addRecord(each, Section.ADDITIONAL));
        return this;
    }

    public Message message() {
        return message;
    }

    /** Returns the response as it comes off the wire, after 40 ms. */
    public Response answer(Question question) {
        Duration took = Duration.ofMillis(40);
        byte[] wire = toWire();
        ServiceResponse service =
                ServiceResponse.read(question.toWire(message.getHeader().getID(), true), wire);
        return service == null ? new Response(message, took) : Response.of(service, wire, took);
    }

    public byte[] toWire() {
        return message.toWire(65535);
    }

    public List<byte[]> once() {
        return List.of(toWire());
    }

    public static Record srv(Name owner, int port, Name target) {
        return srv(owner, 0, 0, port, target);
    }

    public static Record srv(Name owner, int priority, int weight, int port, Name target) {
        return new SRVRecord(owner, DClass.IN, 0, priority, weight, port, target);
    }

    public static Record address(Name owner, String address) {
        try {
            InetAddress numeric = InetAddress.getByName(address);
            return address.indexOf(':') < 0
                    ? new ARecord(owner, DClass.IN, 0, numeric)
                    : new AAAARecord(owner, DClass.IN, 0, numeric);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static Record txt(Name owner, String... strings) {
        return new TXTRecord(owner, DClass.IN, 0, List.of(strings));
    }

    public static Record ptr(Name owner, Name target) {
        return new PTRRecord(owner, DClass.IN, 0, target);
    }

    public static Record cname(Name owner, Name target) {
        return new CNAMERecord(owner, DClass.IN, 0, target);
    }

    public static Name name(String absolute) {
        try {
            return Name.fromString(absolute);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
