package io.wgsd.backend.netlink.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about routes: struct rtmsg and its attributes (include/uapi/linux/rtnetlink.h). */
class RouteMessagesTest {

    private static final int NEWROUTE = 24;

    private final ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());

    @Test
    void aQuestionCarriesWhatRulesMayLookAt() throws Exception {
        RouteMessages.ask(buffer, 9, Endpoint.parse("203.0.113.1:4242"), 0, 0xca6cL, 51820);
        Messages messages = new Messages(buffer);

        assertThat(messages.next()).isTrue();
        assertThat(messages.type()).isEqualTo(26);
        assertThat(messages.sequence()).isEqualTo(9);
        ByteBuffer payload = messages.payload();
        assertThat(payload.get(0)).as("family").isEqualTo((byte) 2);
        assertThat(payload.get(1)).as("length of the destination").isEqualTo((byte) 32);
        Attributes attributes = new Attributes(payload.position(12));
        assertAttribute(attributes, 1, 203, 0, 113, 1);
        assertThat(attributes.next()).isTrue();
        assertThat(attributes.type()).isEqualTo(16);
        assertThat(attributes.u32()).isEqualTo(0xca6cL);
        assertThat(attributes.next()).isTrue();
        assertThat(attributes.type()).as("user").isEqualTo(25);
        assertAttribute(attributes, 27, 17);
        assertAttribute(attributes, 28, 0xca, 0x6c);
        assertAttribute(attributes, 29, 0x10, 0x92);
        assertThat(attributes.next()).isFalse();
    }

    @Test
    void aScopeIsTheInterfaceToLeaveBy() throws Exception {
        RouteMessages.ask(buffer, 9, Endpoint.parse("[fe80::1]:1"), 3, 0, 1);
        Messages messages = new Messages(buffer);
        messages.next();
        Attributes attributes = new Attributes(messages.payload().position(12));
        attributes.next();
        assertThat(attributes.next()).isTrue();
        assertThat(attributes.type()).isEqualTo(4);
        assertThat(attributes.u32()).isEqualTo(3);
    }

    @Test
    void anAnswerNamesTheInterface() throws Exception {
        assertThat(RouteMessages.outgoing(NEWROUTE, answer(1, 7))).contains(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8, 9})
    void aRouteThatForbidsLeavesNowhere(int kind) throws Exception {
        assertThat(RouteMessages.outgoing(NEWROUTE, answer(kind, 1))).contains(0);
    }

    @Test
    void theRouterOfARouteMayBeOfTheOtherFamily() throws Exception {
        assertThat(RouteMessages.gateway(NEWROUTE, routed(5, 192, 168, 1, 1))).contains(IpAddress.parse("192.168.1.1"));
        assertThat(RouteMessages.gateway(
                        NEWROUTE, routed(18, 10, 0, 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)))
                .contains(IpAddress.parse("fe80::1"));
        assertThat(RouteMessages.gateway(NEWROUTE, answer(1, 7))).isEmpty();
        assertThat(RouteMessages.gateway(16, routed(5, 192, 168, 1, 1))).isEmpty();
        assertThatThrownBy(() -> RouteMessages.gateway(NEWROUTE, routed(5, 192, 168)))
                .isInstanceOf(ProtocolException.class);
    }

    private static ByteBuffer routed(int type, int... value) {
        byte[] bytes = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            bytes[i] = (byte) value[i];
        }
        ByteBuffer route = ByteBuffer.allocate(100).order(ByteOrder.nativeOrder());
        route.position(12);
        route.putShort((short) (4 + bytes.length)).putShort((short) type).put(bytes);
        return route.flip();
    }

    @Test
    void anotherMessageIsNoAnswer() throws Exception {
        assertThat(RouteMessages.outgoing(16, answer(1, 7))).isEmpty();
    }

    @Test
    void anAnswerThatIsCutIsRefused() {
        assertThatThrownBy(() -> RouteMessages.outgoing(NEWROUTE, ByteBuffer.allocate(11)))
                .isInstanceOf(ProtocolException.class);
    }

    private static void assertAttribute(Attributes attributes, int type, int... bytes) throws ProtocolException {
        assertThat(attributes.next()).isTrue();
        assertThat(attributes.type()).isEqualTo(type);
        byte[] expected = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            expected[i] = (byte) bytes[i];
        }
        assertThat(attributes.bytes(bytes.length)).containsExactly(expected);
    }

    private static ByteBuffer answer(int kind, int link) {
        ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.nativeOrder());
        bytes.put(7, (byte) kind)
                .putShort(12, (short) 8)
                .putShort(14, (short) 4)
                .putInt(16, link);
        return bytes;
    }
}
