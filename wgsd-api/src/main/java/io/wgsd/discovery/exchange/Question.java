package io.wgsd.discovery.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What is asked: one name, one type, class IN. Immutable and thread-safe.
 *
 * @param name the name
 * @param type the type
 * @param signatures whether signatures are wanted with the answer (RFC 3225)
 */
public record Question(Name name, int type, boolean signatures) {

    /** What fits one datagram on nearly every path without fragments (RFC 9715, section 3.2). */
    static final int UDP_PAYLOAD = 1232;

    /** How many message ids there are. */
    static final int IDS = 1 << 16;

    private static final int HEADER = 12;
    private static final int OPT_LENGTH = 11;
    private static final short RECURSION_DESIRED = 0x0100;

    /** Makes a question without signatures. */
    public Question(Name name, int type) {
        this(name, type, false);
    }

    /** Returns the same question with signatures. */
    Question withSignatures() {
        return new Question(name, type, true);
    }

    byte[] toWire(int id, boolean edns) {
        boolean opt = edns || signatures;
        byte[] owner = name.toWire();
        ByteBuffer query = ByteBuffer.allocate(HEADER + owner.length + 4 + (opt ? OPT_LENGTH : 0));
        query.putShort((short) id)
                .putShort(RECURSION_DESIRED)
                .putShort((short) 1)
                .putInt(0)
                .putShort((short) (opt ? 1 : 0))
                .put(owner)
                .putShort((short) type)
                .putShort((short) DClass.IN);
        if (opt) {
            // The root, the type, the size, no extended code, version 0, flags, no options (RFC 6891, section 6.1.2).
            query.put((byte) 0)
                    .putShort((short) Type.OPT)
                    .putShort((short) UDP_PAYLOAD)
                    .putShort((short) 0)
                    .putShort((short) (signatures ? ExtendedFlags.DO : 0))
                    .putShort((short) 0);
        }
        return query.array();
    }

    /** Returns where the question ends in a query as {@link #toWire} writes it. */
    static int end(byte[] query) {
        boolean opt = query[HEADER - 1] != 0;
        return opt ? query.length - OPT_LENGTH : query.length;
    }

    /**
     * Reads a message that came from the server that was asked.
     *
     * @param id under which the question was sent
     * @throws IOException if it is not a whole response to this question
     */
    Message parseResponse(byte[] bytes, int id) throws IOException {
        if (bytes.length < HEADER) {
            throw new IOException(bytes.length + " bytes are no DNS message");
        }
        Message response = parse(bytes);
        if (response.getHeader().getID() != id) {
            throw new IOException("it has the id of another question");
        }
        if (!response.getHeader().getFlag(Flags.QR) || response.getHeader().getOpcode() != Opcode.QUERY) {
            throw new IOException("it is no response to a query");
        }
        Record echoed = response.getQuestion();
        if (echoed == null ? !mayLackQuestion(response) : !isEchoedBy(echoed)) {
            throw new IOException("it answers another question");
        }
        return response;
    }

    /** Names are compared in any letter case (RFC 4343); dnsjava's equals does. */
    private boolean isEchoedBy(Record echoed) {
        return echoed.getType() == type
                && echoed.getDClass() == DClass.IN
                && echoed.getName().equals(name);
    }

    /** A server that could not read the query has no question to repeat (RFC 1035, section 4.1.1). */
    private static boolean mayLackQuestion(Message response) {
        return response.getRcode() == Rcode.FORMERR || response.getRcode() == Rcode.NOTIMP;
    }

    private static Message parse(byte[] bytes) throws IOException {
        try {
            return new Message(bytes);
        } catch (IOException | RuntimeException e) {
            throw new IOException("it does not parse: " + e.getMessage(), e);
        }
    }

    // Written out, since the methods that Java generates take long to prepare, and a pass may end before that pays.
    @Override
    public boolean equals(Object other) {
        return other instanceof Question that
                && type == that.type
                && signatures == that.signatures
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + type;
    }

    @Override
    public String toString() {
        return name + " " + Type.string(type);
    }
}
