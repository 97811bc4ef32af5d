package io.wgsd.publish;

import io.wgsd.dnssd.TsigKey;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;
import org.xbill.DNS.Type;

/**
 * A TCP connection to the name server that serves the zone, on which every message is signed (RFC 8945).
 *
 * <p>For one thread, except for {@link #close()}, which any thread may call to make the others' calls fail.
 */
final class Primary implements Closeable {

    private final InetSocketAddress address;
    private final Name zone;
    private final TsigKey key;
    private final SecureRandom random = new SecureRandom();
    private final Socket socket = new Socket();
    private final int timeoutMillis;

    Primary(InetSocketAddress address, Name zone, TsigKey key, Duration timeout) {
        this.address = address;
        this.zone = zone;
        this.key = key;
        timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    void connect() throws PublishException {
        try {
            socket.connect(address, timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new PublishException("cannot reach " + where() + " by TCP: " + e.getMessage(), e);
        }
    }

    int newId() {
        return random.nextInt(1 << 16);
    }

    /** Returns the zone's serial as the primary has it. */
    long serial() throws PublishException {
        Message answer = ask(query(Type.SOA));
        check(answer, "the question for the SOA");
        return answer.getSection(Section.ANSWER).stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .findFirst()
                .orElseThrow(() -> new PublishException(where() + " has no SOA for it, so it is not its primary;"
                        + " see whether the zone's name is right"))
                .getSerial();
    }

    /** Hands every record of the zone on, the SOA twice (RFC 5936, section 2.2). */
    void transfer(Consumer<Record> sink) throws PublishException {
        Message query = query(Type.AXFR);
        TSIGRecord signature = send(query);
        TSIG.StreamVerifier verifier = new TSIG.StreamVerifier(key.toTsig(), signature);
        int starts = 0;
        while (starts < 2) {
            byte[] bytes = receive();
            Message message = parse(bytes);
            check(message, "the transfer");
            // The last message has a signature in any case; what is before it is vouched for by it.
            if (verifier.verify(message, bytes) != Rcode.NOERROR) {
                throw new PublishException("the transfer from " + where() + " is not signed as it should be: "
                        + verifier.getErrorMessage());
            }
            List<Record> records = message.getSection(Section.ANSWER);
            if (records.isEmpty()) {
                throw new PublishException("the transfer from " + where() + " ends in the middle");
            }
            for (Record record : records) {
                if (record.getType() == Type.SOA) {
                    starts++;
                }
                sink.accept(record);
            }
        }
    }

    /** Sends an update, and returns whether it was carried out; what it required may have been otherwise. */
    boolean update(Message update) throws PublishException {
        Message answer = ask(update);
        switch (answer.getRcode()) {
            case Rcode.NXRRSET, Rcode.YXRRSET, Rcode.NXDOMAIN, Rcode.YXDOMAIN -> {
                return false;
            }
            default -> check(answer, "the update");
        }
        return true;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing can be done about it, and nothing is lost.
        }
    }

    private Message query(int type) {
        Message query = Message.newQuery(Record.newRecord(zone, type, DClass.IN));
        query.getHeader().setID(newId());
        return query;
    }

    private Message ask(Message request) throws PublishException {
        TSIGRecord signature = send(request);
        byte[] bytes = receive();
        Message answer = parse(bytes);
        if (answer.getHeader().getID() != request.getHeader().getID()) {
            throw new PublishException(where() + " answers another question than was asked");
        }
        if (!isSignatureProblem(answer)
                && key.toTsig().verify(answer, bytes, signature) != Rcode.NOERROR
                && answer.getRcode() == Rcode.NOERROR) {
            throw new PublishException("the answer of " + where() + " is not signed as it should be");
        }
        return answer;
    }

    private TSIGRecord send(Message request) throws PublishException {
        key.toTsig().apply(request, null);
        byte[] bytes = request.toWire();
        try {
            // Length and message in one piece (RFC 7766, section 8).
            new DataOutputStream(socket.getOutputStream())
                    .write(ByteBuffer.allocate(2 + bytes.length)
                            .putShort((short) bytes.length)
                            .put(bytes)
                            .array());
        } catch (IOException e) {
            throw broken(e);
        }
        return request.getTSIG();
    }

    private byte[] receive() throws PublishException {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] bytes = new byte[in.readUnsignedShort()];
            in.readFully(bytes);
            return bytes;
        } catch (SocketTimeoutException e) {
            throw new PublishException(where() + " does not answer within " + timeoutMillis / 1000 + " s", e);
        } catch (EOFException e) {
            throw new PublishException(where() + " closes the connection instead of answering", e);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private Message parse(byte[] bytes) throws PublishException {
        try {
            return new Message(bytes);
        } catch (IOException e) {
            throw new PublishException(
                    where() + " answers with something that is not a DNS message: " + e.getMessage(), e);
        }
    }

    private void check(Message answer, String what) throws PublishException {
        int rcode = answer.getRcode();
        if (isSignatureProblem(answer)) {
            throw new PublishException(where() + " " + problem(answer));
        }
        if (rcode != Rcode.NOERROR) {
            throw new PublishException(where() + " answers " + what + " with " + Rcode.string(rcode) + advice(rcode));
        }
    }

    private String advice(int rcode) {
        return switch (rcode) {
            case Rcode.REFUSED -> "; let the key " + key.name() + " update and transfer the zone there";
            case Rcode.NOTAUTH, Rcode.NOTZONE ->
                "; either it is not the primary of that zone, or it has another secret" + " for the key " + key.name();
            case Rcode.NOTIMP -> "; dynamic updates have to be switched on there";
            default -> "; its log says why";
        };
    }

    private static boolean isSignatureProblem(Message answer) {
        TSIGRecord signature = answer.getTSIG();
        return answer.getRcode() == Rcode.NOTAUTH && signature != null && signature.getError() != Rcode.NOERROR;
    }

    private String problem(Message answer) {
        TSIGRecord signature = answer.getTSIG();
        return switch (signature == null ? 0 : signature.getError()) {
            case Rcode.BADKEY -> "does not know the key " + key.name() + " with " + key.algorithm();
            case Rcode.BADSIG -> "has another secret for the key " + key.name();
            case Rcode.BADTIME -> "has a clock that differs from this host's by more than 5 minutes";
            default -> "does not take messages that are signed with the key " + key.name();
        };
    }

    private PublishException broken(IOException e) {
        return new PublishException("the connection to " + where() + " is broken: " + e.getMessage(), e);
    }

    private String where() {
        return "the primary of " + zone + ", "
                + address.toString().substring(address.toString().indexOf('/') + 1);
    }
}
