package io.wgsd.internal.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The few forms of DER (ITU-T X.690) that a certificate needs. */
final class Der {

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OID = 0x06;
    private static final int UTF8 = 0x0c;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;
    private static final int SHORT_LENGTH = 0x80;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, concat(parts));
    }

    static byte[] set(byte[] part) {
        return value(SET, part);
    }

    static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    static byte[] bits(byte[] bytes) {
        return value(BIT_STRING, concat(new byte[] {0}, bytes));
    }

    static byte[] octets(byte[] bytes) {
        return value(OCTET_STRING, bytes);
    }

    /** Encodes an object identifier whose numbers, after the first two, are given in base 128 already. */
    static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return value(OID, content);
    }

    static byte[] text(String text) {
        return value(UTF8, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Encodes a time that is written as YYYYMMDDhhmmssZ. */
    static byte[] time(String time) {
        return value(GENERALIZED_TIME, time.getBytes(StandardCharsets.US_ASCII));
    }

    /** Encodes what a context-specific tag stands for, as it is. */
    static byte[] tagged(int tag, byte[] content) {
        return value(CONTEXT | tag, content);
    }

    /** Encodes a value behind a context-specific tag of its own. */
    static byte[] explicit(int tag, byte[] value) {
        return value(CONTEXT | CONSTRUCTED | tag, value);
    }

    private static byte[] value(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < SHORT_LENGTH) {
            out.write(length);
        } else if (length < 1 << Byte.SIZE) {
            out.write(SHORT_LENGTH | 1);
            out.write(length);
        } else {
            out.write(SHORT_LENGTH | 2);
            out.write(length >> Byte.SIZE);
            out.write(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
