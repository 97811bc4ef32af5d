package io.wgsd.backend.netlink.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the kernel says of interfaces: struct ifinfomsg and its attributes (include/uapi/linux/if_link.h). */
class LinksTest {

    private static final int NEWLINK = 16;
    private static final int NAME = 3;
    private static final int MASTER = 10;
    private static final int LINKINFO = 18;
    private static final int KIND = 1;
    private static final int UP = 1;
    private static final int LOOPBACK = 8;

    @Test
    void hardwareHasNoKind() throws Exception {
        assertThat(Links.link(NEWLINK, link(2, UP, text(NAME, "eth0"))))
                .contains(new Links.Link("eth0", 2, "", true, false, false));
    }

    @Test
    void anInterfaceHasItsKindAndMayBeAPartOfAnother() throws Exception {
        byte[] port = attribute(MASTER, new byte[4]);
        assertThat(Links.link(NEWLINK, link(4, 0, text(NAME, "veth1"), nest(text(KIND, "veth")), port)))
                .contains(new Links.Link("veth1", 4, "veth", false, false, true));
        assertThat(Links.link(NEWLINK, link(1, UP | LOOPBACK, text(NAME, "lo"))))
                .contains(new Links.Link("lo", 1, "", true, true, false));
    }

    @Test
    void onlyAWireGuardIsOne() throws Exception {
        assertThat(Links.wireGuardName(NEWLINK, link(5, UP, text(NAME, "wg0"), nest(text(KIND, "wireguard")))))
                .contains("wg0");
        assertThat(Links.wireGuardName(NEWLINK, link(5, UP, text(NAME, "br0"), nest(text(KIND, "bridge")))))
                .isEmpty();
    }

    @Test
    void whatIsNoInterfaceIsNone() throws Exception {
        assertThat(Links.link(NEWLINK + 1, link(2, UP, text(NAME, "eth0")))).isEmpty();
        assertThat(Links.link(NEWLINK, link(2, UP))).isEmpty();
        assertThatThrownBy(() -> Links.link(NEWLINK, ByteBuffer.allocate(15))).isInstanceOf(ProtocolException.class);
    }

    private static ByteBuffer link(int index, int flags, byte[]... attributes) {
        ByteBuffer message = ByteBuffer.allocate(200).order(ByteOrder.nativeOrder());
        message.putInt(0).putInt(index).putInt(flags).putInt(0);
        for (byte[] each : attributes) {
            message.put(each);
        }
        return message.flip();
    }

    private static byte[] text(int type, String text) {
        return attribute(type, (text + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] nest(byte[] inner) {
        return attribute(LINKINFO, inner);
    }

    private static byte[] attribute(int type, byte[] value) {
        ByteBuffer attribute =
                ByteBuffer.allocate(Netlink.align(4 + value.length)).order(ByteOrder.nativeOrder());
        attribute.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        return attribute.array();
    }
}
