package io.wgsd.backend.netlink.codec;

import io.wgsd.model.SecretKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes one message into a buffer of the machine's byte order; a secret passes through no other place that stays. */
final class MessageWriter {

    private final ByteBuffer buffer;

    MessageWriter(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Begins a message at the start of the buffer. */
    void begin(int type, int flags, int sequence) {
        buffer.clear();
        buffer.putInt(0).putShort((short) type).putShort((short) flags).putInt(sequence);
        // The kernel is port 0, and so is a sender that did not bind.
        buffer.putInt(0);
    }

    /** Begins a message of generic netlink. */
    void begin(int family, int flags, int sequence, int command, int version) {
        begin(family, flags, sequence);
        buffer.put((byte) command).put((byte) version).putShort((short) 0);
    }

    /** Ends the message: the buffer is ready to be sent. */
    void end() {
        buffer.putInt(0, buffer.position());
        buffer.flip();
    }

    int remaining() {
        return buffer.remaining();
    }

    void zeros(int count) {
        for (int i = 0; i < count; i++) {
            buffer.put((byte) 0);
        }
    }

    void u8(int type, int value) {
        header(type, Byte.BYTES);
        buffer.put((byte) value);
        zeros(3);
    }

    void u16(int type, int value) {
        header(type, Short.BYTES);
        buffer.putShort((short) value);
        zeros(2);
    }

    void u32(int type, long value) {
        header(type, Integer.BYTES);
        buffer.putInt((int) value);
    }

    void string(int type, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        header(type, text.length + 1);
        buffer.put(text);
        zeros(1 + padding(text.length + 1));
    }

    void bytes(int type, byte[] value) {
        header(type, value.length);
        buffer.put(value);
        zeros(padding(value.length));
    }

    void secret(int type, SecretKey value) {
        header(type, SecretKey.LENGTH);
        value.putBytes(buffer);
    }

    /** Begins an attribute that holds others; returns what ends it. */
    int beginNest(int type) {
        int start = buffer.position();
        // The kernel refuses a nest without this flag, and a plain attribute with it (nla_parse_nested).
        header(type | Netlink.NLA_F_NESTED, 0);
        return start;
    }

    void endNest(int start) {
        buffer.putShort(start, (short) (buffer.position() - start));
    }

    /** Writes a struct of this length, which the caller fills in. */
    ByteBuffer struct(int type, int length) {
        header(type, length);
        return buffer;
    }

    private void header(int type, int length) {
        buffer.putShort((short) (Netlink.ATTRIBUTE_HEADER + length)).putShort((short) type);
    }

    private static int padding(int length) {
        return Netlink.align(length) - length;
    }
}
