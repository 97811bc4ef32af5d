package io.wgsd.publish;

import io.wgsd.dnssd.TsigKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A primary on loopback that takes only what RFC 2136 and RFC 8945 allow, and counts what it took. */
final class StrictPrimary implements AutoCloseable {

    private final Name zone;
    private final TsigKey key;
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<Record> records = new ArrayList<>();
    private long serial = 1;
    private int updates;
    private int refusals;

    StrictPrimary(Name zone, TsigKey key) throws IOException {
        this.zone = zone;
        this.key = key;
        Thread thread = new Thread(this::run, "strict-primary");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    synchronized List<Record> records() {
        return List.copyOf(records);
    }

    /** Changes the zone as somebody else would. */
    synchronized void edit(Consumer<List<Record>> change) {
        change.accept(records);
        serial++;
    }

    /** Has the next updates be refused, as by somebody who changed the zone at the same time. */
    synchronized void refuse(int next) {
        refusals = next;
    }

    synchronized int updates() {
        return updates;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void run() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                while (true) {
                    byte[] bytes = new byte[in.readUnsignedShort()];
                    in.readFully(bytes);
                    byte[] answer = answer(bytes).toWire();
                    out.writeShort(answer.length);
                    out.write(answer);
                }
            } catch (IOException e) {
                // The client went away, or this is closed.
            }
        }
    }

    private synchronized Message answer(byte[] bytes) throws IOException {
        Message request = new Message(bytes);
        Message answer = new Message(request.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setOpcode(request.getHeader().getOpcode());
        answer.addRecord(request.getQuestion(), Section.QUESTION);
        int error = request.getTSIG() == null ? Rcode.BADKEY : key.toTsig().verify(request, bytes, null);
        if (error != Rcode.NOERROR) {
            answer.getHeader().setRcode(Rcode.NOTAUTH);
            key.toTsig().apply(answer, error, request.getTSIG());
            return answer;
        }
        if (request.getHeader().getOpcode() == Opcode.UPDATE) {
            answer.getHeader().setRcode(update(request));
        } else {
            answer.addRecord(soa(), Section.ANSWER);
            if (request.getQuestion().getType() == Type.AXFR) {
                records.forEach(record -> answer.addRecord(record, Section.ANSWER));
                answer.addRecord(soa(), Section.ANSWER);
            }
        }
        key.toTsig().apply(answer, request.getTSIG());
        return answer;
    }

    private int update(Message request) {
        if (refusals > 0) {
            refusals--;
            return Rcode.NXRRSET;
        }
        for (Record required : request.getSection(Section.PREREQ)) {
            if (required.getTTL() != 0) {
                return Rcode.FORMERR;
            }
            boolean exists = records.stream()
                    .anyMatch(record ->
                            record.getName().equals(required.getName()) && record.getType() == required.getType());
            if (required.getDClass() == DClass.NONE && exists) {
                return Rcode.YXRRSET;
            }
            if (required.getDClass() == DClass.IN && !records.contains(required)) {
                return Rcode.NXRRSET;
            }
        }
        for (Record change : request.getSection(Section.UPDATE)) {
            Record there = Record.newRecord(
                    change.getName(), change.getType(), DClass.IN, change.getTTL(), change.rdataToWireCanonical());
            records.remove(there);
            if (change.getDClass() == DClass.IN) {
                records.add(there);
            }
        }
        updates++;
        serial++;
        return Rcode.NOERROR;
    }

    private SOARecord soa() {
        return new SOARecord(zone, DClass.IN, 60, zone, zone, serial, 60, 60, 60, 60);
    }
}
