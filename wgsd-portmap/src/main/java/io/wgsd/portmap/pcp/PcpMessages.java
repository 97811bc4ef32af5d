package io.wgsd.portmap.pcp;

import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** PCP's requests and responses as bytes, RFC 6887, sections 7, 11.1 and 14.1. */
public final class PcpMessages {

    static final int VERSION = 2;
    static final int ANNOUNCE = 0;
    static final int MAP = 1;
    static final int UDP = 17;

    /** How long a nonce is, in bytes. */
    static final int NONCE = 12;

    private static final int HEADER = 24;
    private static final int MAP_LENGTH = 36;
    private static final int LONGEST = 1100;
    private static final int RESPONSE = 0x80;

    /** NAT-PMP's response to a version that it does not know, RFC 6886, section 3.5. */
    private static final int NAT_PMP_ERROR = 8;

    private static final HexFormat HEX = HexFormat.of();

    private PcpMessages() {}

    /** Writes the question whether there is a server, and since when. */
    public static byte[] announce(IpAddress client) {
        return header(HEADER, ANNOUNCE, 0, client).array();
    }

    /**
     * Writes a request for a mapping of UDP.
     *
     * @param seconds its lifetime; 0 ends it
     * @param nonce 24 hexadecimal digits
     * @param externalPort which one is best; 0 for any
     */
    public static byte[] map(IpAddress client, long seconds, String nonce, int internalPort, int externalPort) {
        return header(HEADER + MAP_LENGTH, MAP, seconds, client)
                .put(HEX.parseHex(nonce))
                .put((byte) UDP)
                .put(new byte[3])
                .putShort((short) internalPort)
                .putShort((short) externalPort)
                .put(mapped(new byte[4]))
                .array();
    }

    private static ByteBuffer header(int length, int opcode, long seconds, IpAddress client) {
        return ByteBuffer.allocate(length)
                .put((byte) VERSION)
                .put((byte) opcode)
                .putShort((short) 0)
                .putInt((int) seconds)
                .put(mapped(client.toBytes()));
    }

    /** IPv4 addresses are IPv4-mapped ones here. */
    private static byte[] mapped(byte[] ipv4) {
        return ByteBuffer.allocate(16)
                .putLong(0)
                .putShort((short) 0)
                .putShort((short) -1)
                .put(ipv4)
                .array();
    }

    /**
     * Reads a response.
     *
     * @throws ProtocolException if it is none
     */
    public static PcpResponse read(byte[] message) throws ProtocolException {
        if (message.length < NAT_PMP_ERROR || message.length > LONGEST) {
            throw new ProtocolException("a PCP response of " + message.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(message);
        int version = Byte.toUnsignedInt(in.get());
        int code = Byte.toUnsignedInt(in.get());
        if ((code & RESPONSE) == 0) {
            throw new ProtocolException("a PCP request where a response is due");
        }
        int opcode = code & ~RESPONSE;
        if (version == 0) {
            return new PcpResponse(0, opcode, Short.toUnsignedInt(in.getShort()), 0, 0, Optional.empty());
        }
        if (message.length < HEADER || message.length % 4 != 0) {
            throw new ProtocolException("a PCP response of " + message.length + " bytes");
        }
        in.get();
        int result = Byte.toUnsignedInt(in.get());
        long lifetime = Integer.toUnsignedLong(in.getInt());
        long epoch = Integer.toUnsignedLong(in.getInt());
        if (version != VERSION) {
            if (result != PcpResponse.UNSUPPORTED_VERSION) {
                throw new ProtocolException("a PCP response of version " + version);
            }
            return new PcpResponse(version, opcode, result, lifetime, epoch, Optional.empty());
        }
        Optional<PcpResponse.Mapping> mapping = Optional.empty();
        if (opcode == MAP && message.length >= HEADER + MAP_LENGTH) {
            mapping = Optional.of(mapping(in.position(HEADER)));
        } else if (opcode == MAP && result == PcpResponse.SUCCESS) {
            throw new ProtocolException("a PCP response to MAP of only " + message.length + " bytes");
        }
        return new PcpResponse(version, opcode, result, lifetime, epoch, mapping);
    }

    private static PcpResponse.Mapping mapping(ByteBuffer in) {
        byte[] nonce = new byte[NONCE];
        in.get(nonce);
        int protocol = Byte.toUnsignedInt(in.get());
        in.position(in.position() + 3);
        int internalPort = Short.toUnsignedInt(in.getShort());
        int externalPort = Short.toUnsignedInt(in.getShort());
        byte[] external = new byte[16];
        in.get(external);
        return new PcpResponse.Mapping(
                HEX.formatHex(nonce),
                protocol,
                internalPort,
                externalPort,
                IpAddress.of(external).unmapped());
    }
}
