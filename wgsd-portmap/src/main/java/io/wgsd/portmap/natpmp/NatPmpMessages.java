package io.wgsd.portmap.natpmp;

import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** NAT-PMP's requests and responses as bytes, RFC 6886, section 3. */
public final class NatPmpMessages {

    static final int ADDRESS = 0;
    static final int MAP_UDP = 1;

    private static final int RESPONSE = 128;
    private static final int LONGEST = 1100;
    private static final int HEADER = 8;
    private static final int ADDRESS_LENGTH = 12;
    private static final int MAP_LENGTH = 16;

    private NatPmpMessages() {}

    /** Writes the question for the external address. */
    public static byte[] address() {
        return new byte[] {0, ADDRESS};
    }

    /**
     * Writes a request for a mapping of UDP.
     *
     * @param externalPort which one is best
     * @param seconds its lifetime; 0 ends it, and then the external port is 0 too
     */
    public static byte[] map(int internalPort, int externalPort, long seconds) {
        return ByteBuffer.allocate(12)
                .put((byte) 0)
                .put((byte) MAP_UDP)
                .putShort((short) 0)
                .putShort((short) internalPort)
                .putShort((short) externalPort)
                .putInt((int) seconds)
                .array();
    }

    /**
     * Reads a response.
     *
     * @throws ProtocolException if it is none
     */
    public static NatPmpResponse read(byte[] message) throws ProtocolException {
        if (message.length < HEADER || message.length > LONGEST) {
            throw new ProtocolException("a NAT-PMP response of " + message.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(message);
        int version = Byte.toUnsignedInt(in.get());
        int operation = Byte.toUnsignedInt(in.get()) - RESPONSE;
        int result = Short.toUnsignedInt(in.getShort());
        long epoch = Integer.toUnsignedLong(in.getInt());
        if (operation < 0) {
            throw new ProtocolException("a NAT-PMP request where a response is due");
        }
        if (version != 0 || result != 0) {
            return new NatPmpResponse(version, operation, result, epoch, Optional.empty(), Optional.empty());
        }
        int length = operation == ADDRESS ? ADDRESS_LENGTH : MAP_LENGTH;
        if (message.length < length) {
            throw new ProtocolException(
                    "a NAT-PMP response to operation " + operation + " of only " + message.length + " bytes");
        }
        if (operation == ADDRESS) {
            byte[] address = new byte[4];
            in.get(address);
            return new NatPmpResponse(0, operation, 0, epoch, Optional.of(IpAddress.of(address)), Optional.empty());
        }
        NatPmpResponse.Mapping mapping = new NatPmpResponse.Mapping(
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                Integer.toUnsignedLong(in.getInt()));
        return new NatPmpResponse(0, operation, 0, epoch, Optional.empty(), Optional.of(mapping));
    }
}
