package io.wgsd.backend.netlink.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagesTest {

    /** What Linux answers to an over-long family name, its own words and its policy included. */
    private static final String REFUSED = "6800000002000003d204000000000000"
            + "eaffffff24000000100005000000000000000000"
            + "26000100417474726962757465206661696c656420706f6c6963792076616c69646174696f6e0000"
            + "0800020014000000";

    @Test
    void theKernelsErrorNumberIsRead() throws Exception {
        assertThat(outcome(Recordings.bytes("no-such-device"))).isEqualTo(new Messages.Outcome(19, ""));
        assertThat(outcome(Recordings.bytes("no-wireguard"))).isEqualTo(new Messages.Outcome(95, ""));
    }

    @Test
    void theKernelsOwnWordsAreRead() throws Exception {
        byte[] said = HexFormat.of().parseHex(REFUSED);
        said[0] = (byte) said.length;

        assertThat(outcome(said)).isEqualTo(new Messages.Outcome(22, "Attribute failed policy validation"));
    }

    @Test
    void anAcknowledgementIsNoError() throws Exception {
        byte[] acknowledgement = Recordings.of("family").get(1).array();

        assertThat(outcome(acknowledgement)).isEqualTo(new Messages.Outcome(0, ""));
    }

    @Test
    void theFamilysNumberIsRead() throws Exception {
        assertThat(familyIn("family")).hasValue(20);
        assertThat(familyIn("families")).hasValue(20);
    }

    @Test
    void onlyInterfacesOfWireGuardsKindAreNamed() throws Exception {
        TreeSet<String> names = new TreeSet<>();
        for (ByteBuffer datagram : Recordings.of("links")) {
            Messages messages = new Messages(datagram);
            while (messages.next()) {
                Links.wireGuardName(messages.type(), messages.payload()).ifPresent(names::add);
            }
        }

        assertThat(names).containsExactly("wg0", "wg1", "wg2");
    }

    @Test
    void anInterruptedDumpSaysSo() throws Exception {
        byte[] done = bytes(20, 3, 0x12, 4);
        Messages messages = new Messages(ByteBuffer.wrap(done).order(ByteOrder.nativeOrder()));

        assertThat(messages.next()).isTrue();
        assertThat(messages.isInterrupted()).isTrue();
        assertThat(messages.isEnd()).isTrue();
    }

    @Test
    void aTailOfPaddingIsNoMessage() throws Exception {
        byte[] padded = new byte[22];
        System.arraycopy(bytes(20, 3, 2, 4), 0, padded, 0, 20);
        Messages messages = new Messages(ByteBuffer.wrap(padded).order(ByteOrder.nativeOrder()));

        assertThat(messages.next()).isTrue();
        assertThat(messages.next()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 21, Integer.MAX_VALUE, -1})
    void aLengthThatCannotBeIsRefused(int length) {
        Messages messages = new Messages(ByteBuffer.wrap(bytes(length, 3, 2, 4)).order(ByteOrder.nativeOrder()));

        assertThatThrownBy(messages::next).isInstanceOf(ProtocolException.class);
    }

    @Test
    void anEndWithoutANumberIsRefused() {
        assertThatThrownBy(() -> outcome(bytes(16, 3, 2, 0))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void anErrorThatEchoesMoreThanItHasIsRefused() {
        ByteBuffer error = ByteBuffer.wrap(bytes(36, 2, 0x200, 20)).order(ByteOrder.nativeOrder());
        error.putInt(16, -22).putInt(20, 5000);

        assertThatThrownBy(() -> outcome(error.array()))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("5000");
    }

    @Test
    void lostMessagesAreNotOverlooked() {
        assertThatThrownBy(() -> outcome(bytes(20, 4, 0, 4)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("messages were lost");
    }

    private static OptionalInt familyIn(String recording) throws ProtocolException {
        OptionalInt found = OptionalInt.empty();
        for (ByteBuffer datagram : Recordings.of(recording)) {
            Messages messages = new Messages(datagram);
            while (messages.next()) {
                OptionalInt id = Families.wireGuardId(messages.type(), messages.payload());
                found = id.isPresent() ? id : found;
            }
        }
        return found;
    }

    private static Messages.Outcome outcome(byte[] datagram) throws ProtocolException {
        Messages messages = new Messages(ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN));
        assertThat(messages.next()).isTrue();
        return messages.outcome();
    }

    private static byte[] bytes(int length, int type, int flags, int payload) {
        return ByteBuffer.allocate(16 + payload)
                .order(ByteOrder.nativeOrder())
                .putInt(length)
                .putShort((short) type)
                .putShort((short) flags)
                .array();
    }
}
