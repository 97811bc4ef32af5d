package io.wgsd.backend.netlink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An attribute as the kernel sees it, read as strictly (lib/nlattr.c, NL_VALIDATE_STRICT) and written apart from the
 * code that is tested with it.
 *
 * @param type its type, without flags
 * @param nested whether it says that it is a nest
 * @param value what it holds
 */
public record Tlv(int type, boolean nested, byte[] value) {

    private static final int NESTED = 0x8000;

    public static Tlv of(int type, byte[] value) {
        return new Tlv(type, false, value);
    }

    public static Tlv u8(int type, int value) {
        return of(type, new byte[] {(byte) value});
    }

    public static Tlv u16(int type, int value) {
        return of(type, buffer(2).putShort((short) value).array());
    }

    public static Tlv u32(int type, long value) {
        return of(type, buffer(4).putInt((int) value).array());
    }

    public static Tlv u64(int type, long value) {
        return of(type, buffer(8).putLong(value).array());
    }

    public static Tlv string(int type, String value) {
        return of(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    public static Tlv nest(int type, List<Tlv> children) {
        return new Tlv(type, true, write(children));
    }

    public static byte[] write(List<Tlv> all) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Tlv each : all) {
            int length = 4 + each.value.length;
            out.writeBytes(buffer(4)
                    .putShort((short) length)
                    .putShort((short) (each.type | (each.nested ? NESTED : 0)))
                    .array());
            out.writeBytes(each.value);
            out.writeBytes(new byte[(4 - length % 4) % 4]);
        }
        return out.toByteArray();
    }

    public static List<Tlv> read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        List<Tlv> all = new ArrayList<>();
        while (in.hasRemaining()) {
            int length = Short.toUnsignedInt(in.getShort());
            int type = Short.toUnsignedInt(in.getShort());
            byte[] value = new byte[length - 4];
            in.get(value);
            in.position(Math.min(in.limit(), in.position() + (4 - length % 4) % 4));
            all.add(new Tlv(type & 0x3fff, (type & NESTED) != 0, value));
        }
        return all;
    }

    /** Returns what the nest holds; the kernel refuses one that does not say that it is one. */
    public List<Tlv> children() {
        if (!nested) {
            throw new IllegalArgumentException("NLA_F_NESTED is missing on attribute " + type);
        }
        return read(value);
    }

    public long number() {
        ByteBuffer bytes = plain();
        return switch (value.length) {
            case 1 -> bytes.get() & 0xffL;
            case 2 -> bytes.getShort() & 0xffffL;
            case 4 -> bytes.getInt() & 0xffff_ffffL;
            default -> throw new IllegalArgumentException("attribute " + type + " has " + value.length + " bytes");
        };
    }

    public String text() {
        return new String(plain().array(), 0, value.length - 1, StandardCharsets.UTF_8);
    }

    /** Returns the value, of this length. */
    public byte[] exactly(int length) {
        if (value.length != length) {
            throw new IllegalArgumentException("attribute " + type + " has " + value.length + " bytes, not " + length);
        }
        return plain().array();
    }

    private ByteBuffer plain() {
        if (nested) {
            throw new IllegalArgumentException("NLA_F_NESTED is set on the plain attribute " + type);
        }
        return ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
