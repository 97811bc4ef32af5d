package io.wgsd.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Zone;
import io.wgsd.model.IpAddress;
import io.wgsd.server.Samples;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.zone.Journal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A question in the making, with what dig sends by default: UDP and EDNS with a buffer of 1,232 bytes. */
final class Dig {

    public static final QuerySource ALICE = new QuerySource(IpAddress.parse("10.0.0.1"), Arrival.DEVICE, Protocol.UDP);

    private static final Responder RESPONDER = SampleZone.responder();

    private final Message query = new Message(0xbeef);
    private @Nullable Journal journal = Journal.of(SampleZone.ZONE);
    private Responder responder = RESPONDER;
    private Access access = Access.EVERYTHING;
    private Protocol protocol = Protocol.UDP;
    private @Nullable OPTRecord opt = new OPTRecord(1232, 0, 0);

    private Dig(String name, String type, int dclass) {
        query.getHeader().setFlag(Flags.RD);
        query.addRecord(Record.newRecord(Samples.name(name), typeOf(type), dclass), Section.QUESTION);
    }

    public static Dig dig(String name, String type) {
        return new Dig(name, type, DClass.IN);
    }

    public static Dig dig(String name, String type, int dclass) {
        return new Dig(name, type, dclass);
    }

    public Dig in(Zone zone) {
        return in(Journal.of(zone));
    }

    public Dig unready() {
        journal = null;
        return this;
    }

    public Dig in(Journal other) {
        journal = other;
        return this;
    }

    /** Says what serial the client has, as IXFR does. */
    public Dig having(long serial) {
        query.addRecord(SampleZone.ZONE.withSerial(serial).soa(), Section.AUTHORITY);
        return this;
    }

    public Dig at(Responder other) {
        responder = other;
        return this;
    }

    public Dig as(Access other) {
        access = other;
        return this;
    }

    public Dig tcp() {
        protocol = Protocol.TCP;
        return this;
    }

    public Dig noEdns() {
        opt = null;
        return this;
    }

    public Dig buffer(int size) {
        opt = new OPTRecord(size, 0, 0);
        return this;
    }

    public Dig edns(int version, int flags, EDNSOption... options) {
        opt = new OPTRecord(1232, 0, version, flags, options);
        return this;
    }

    public Dig flag(int flag) {
        query.getHeader().setFlag(flag);
        return this;
    }

    public byte[] request() {
        Message message = query.clone();
        if (opt != null) {
            message.addRecord(opt, Section.ADDITIONAL);
        }
        return message.toWire();
    }

    public Response response() {
        return response(request());
    }

    /** Sends something else in place of the question, as this asker. */
    public Response response(byte[] request) {
        Journal now = journal;
        return responder.respond(
                request,
                now == null ? null : ServedZone.fresh(now),
                new Grant(access, null, true),
                new QuerySource(ALICE.address(), ALICE.arrival(), protocol));
    }

    public byte[] wire() {
        byte[] message = response().message();
        assertThat(message).as("response").isNotNull();
        return message;
    }

    /** Returns all messages of a transfer. */
    public List<Message> answers() {
        List<Message> answers = new ArrayList<>();
        response().messages().forEachRemaining(message -> answers.add(SampleZone.parse(message)));
        return answers;
    }

    public Message answer() {
        return SampleZone.parse(wire());
    }

    public static Response respond(byte[] request) {
        return RESPONDER.respond(
                request,
                ServedZone.fresh(Journal.of(SampleZone.ZONE)),
                new Grant(Access.EVERYTHING, null, true),
                ALICE);
    }

    private static int typeOf(String type) {
        int known = Type.value(type, true);
        assertThat(known).as("type " + type).isNotNegative();
        return known;
    }
}
