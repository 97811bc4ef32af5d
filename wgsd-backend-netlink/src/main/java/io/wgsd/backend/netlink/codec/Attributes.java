package io.wgsd.backend.netlink.codec;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the attributes of a message or of a nest, as the kernel's nla_for_each_attr does; the caller that asks for
 * a value says how long it must be. It copies nothing, and belongs to one thread.
 */
final class Attributes {

    private final ByteBuffer bytes;
    private final int end;
    private int nextAt;
    private int type;
    private int valueAt;
    private int length;

    /** Begins before the first attribute of what remains in a buffer of the machine's byte order. */
    Attributes(ByteBuffer bytes) {
        this(bytes, bytes.position(), bytes.limit());
    }

    private Attributes(ByteBuffer bytes, int start, int end) {
        this.bytes = bytes;
        this.end = end;
        nextAt = start;
    }

    /** Goes to the next attribute; false where there is none. */
    boolean next() throws ProtocolException {
        // Less than a header is padding, as nla_ok has it.
        if (end - nextAt < Netlink.ATTRIBUTE_HEADER) {
            return false;
        }
        int total = Short.toUnsignedInt(bytes.getShort(nextAt));
        if (total < Netlink.ATTRIBUTE_HEADER || total > end - nextAt) {
            throw new ProtocolException(
                    "an attribute claims " + total + " bytes where " + (end - nextAt) + " are left");
        }
        type = Short.toUnsignedInt(bytes.getShort(nextAt + 2)) & Netlink.NLA_TYPE_MASK;
        valueAt = nextAt + Netlink.ATTRIBUTE_HEADER;
        length = total - Netlink.ATTRIBUTE_HEADER;
        // The last attribute may lack its padding.
        nextAt = Math.min(end, nextAt + Netlink.align(total));
        return true;
    }

    /** Returns the attribute's type, without its flags. */
    int type() {
        return type;
    }

    int length() {
        return length;
    }

    int u8() throws ProtocolException {
        require(Byte.BYTES);
        return Byte.toUnsignedInt(bytes.get(valueAt));
    }

    int u16() throws ProtocolException {
        require(Short.BYTES);
        return Short.toUnsignedInt(bytes.getShort(valueAt));
    }

    long u32() throws ProtocolException {
        require(Integer.BYTES);
        return Integer.toUnsignedLong(bytes.getInt(valueAt));
    }

    /** Returns a counter, to be taken as unsigned. */
    long u64() throws ProtocolException {
        require(Long.BYTES);
        return bytes.getLong(valueAt);
    }

    /** Returns a copy of the value, which must have this length. */
    byte[] bytes(int exactly) throws ProtocolException {
        require(exactly);
        byte[] copy = new byte[exactly];
        bytes.get(valueAt, copy);
        return copy;
    }

    /** Returns a text up to its final zero. */
    String string() {
        int size = 0;
        while (size < length && bytes.get(valueAt + size) != 0) {
            size++;
        }
        byte[] copy = new byte[size];
        bytes.get(valueAt, copy);
        return new String(copy, StandardCharsets.UTF_8);
    }

    /** Returns the value as a struct, in the machine's byte order. */
    ByteBuffer struct() {
        return bytes.slice(valueAt, length).order(bytes.order());
    }

    /** Returns the same of a value that must have this length. */
    ByteBuffer struct(int exactly) throws ProtocolException {
        require(exactly);
        return struct();
    }

    /** Returns the attributes within this one. */
    Attributes nested() {
        return new Attributes(bytes, valueAt, valueAt + length);
    }

    private void require(int exactly) throws ProtocolException {
        if (length != exactly) {
            throw new ProtocolException(
                    "attribute " + type + " has " + length + " bytes where " + exactly + " are expected");
        }
    }
}
