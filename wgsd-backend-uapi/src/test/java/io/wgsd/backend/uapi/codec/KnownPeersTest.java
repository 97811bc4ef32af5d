package io.wgsd.backend.uapi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told again is known again, and nothing else is. */
class KnownPeersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final OwnKeys OWN_KEYS = new OwnKeys();

    private final Random random = new Random(3);

    @Test
    void aReadingWithKnownPeersIsTheSameAsOneWithout() throws IOException {
        List<String> sections = new ArrayList<>();
        KnownPeers known = KnownPeers.NONE;
        Device previous = null;
        for (int round = 0; round < 300; round++) {
            change(sections);
            String answer = answer(sections);

            Snapshot read = decode(answer, previous, known);

            assertThat(read.device()).isEqualTo(decode(answer, null, null).device());
            known = read.known();
            previous = read.device();
        }
    }

    @Test
    void aPeerThatIsSentUnchangedIsTheSameObject() throws IOException {
        String first = section(1, 10);
        String second = section(2, 10);
        Snapshot before = decode(answer(List.of(first, second)), null, KnownPeers.NONE);

        Snapshot after = decode(answer(List.of(section(2, 11), first)), null, before.known());

        assertThat(peer(after, 1)).isSameAs(peer(before, 1));
        assertThat(peer(after, 2)).isNotEqualTo(peer(before, 2));
        assertThat(decode(answer(List.of(second, first)), null, before.known()).known())
                .isSameAs(before.known());
    }

    @Test
    void aMistakeIsReportedWithTheNumberOfItsLine() throws IOException {
        KnownPeers known =
                decode(answer(List.of(section(1, 10))), null, KnownPeers.NONE).known();

        assertThatThrownBy(() -> decode(answer(List.of(section(1, 10), section(2, 10) + "rx_bytes=x\n")), null, known))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("line 12,");
    }

    @Test
    void aMistakeAmongManyPeersIsReportedWithTheNumberOfItsLine() throws IOException {
        List<String> many = new ArrayList<>();
        for (int number = 1; number <= 50; number++) {
            many.add(section(number, 10));
        }
        KnownPeers known = decode(answer(many), null, KnownPeers.NONE).known();
        many.set(29, section(30, 10) + "rx_bytes=x\n");

        assertThatThrownBy(() -> decode(answer(many), null, known))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("line 152,");
    }

    @Test
    void aDeviceThatIsSentInAnotherOrderIsMadeOfTheSamePeers() throws IOException {
        String first = section(1, 10);
        String second = section(2, 10);
        Snapshot before = decode(answer(List.of(first, second)), null, KnownPeers.NONE);

        Snapshot after = decode(answer(List.of(second, first)), before.device(), before.known());

        assertThat(after.device()).isEqualTo(before.device());
        assertThat(after.device().peers()).isSameAs(before.device().peers());
    }

    @Test
    void aKnownPeerThatIsSentTwiceIsAMistake() throws IOException {
        String section = section(1, 10);
        KnownPeers known =
                decode(answer(List.of(section)), null, KnownPeers.NONE).known();

        assertThatThrownBy(() -> decode(answer(List.of(section, section)), null, known))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("two peers have the public key");
    }

    private static Peer peer(Snapshot snapshot, int number) {
        return snapshot.device().peers().get(number - 1);
    }

    private void change(List<String> sections) {
        for (int i = random.nextInt(4); i > 0; i--) {
            int number = random.nextInt(40);
            sections.removeIf(section -> section.startsWith(key(number)));
            if (random.nextInt(3) > 0) {
                sections.add(section(number, random.nextInt(3)));
            }
        }
        Collections.shuffle(sections, random);
    }

    private static String answer(List<String> sections) {
        return "listen_port=51820\n" + String.join("", sections) + "errno=0\n\n";
    }

    private static String key(int number) {
        return "public_key=" + String.format("%064x", number);
    }

    private static String section(int number, int bytes) {
        return key(number) + "\npreshared_key=" + "0".repeat(64) + "\nendpoint=192.0.2.1:" + (1 + number)
                + "\nrx_bytes=" + bytes + "\nallowed_ip=10.0.0." + number + "/32\n";
    }

    private static Snapshot decode(String answer, @Nullable Device previous, @Nullable KnownPeers known)
            throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
        try (DeviceDecoder decoder =
                        new DeviceDecoder("wg0", OWN_KEYS, NOW, new Wanted(false, true, previous, known, null));
                AnswerReader reader = new AnswerReader(decoder)) {
            for (int at = 0; at < bytes.length; at += 97) {
                reader.feed(ByteBuffer.wrap(bytes, at, Math.min(97, bytes.length - at)));
            }
            assertThat(reader.isComplete()).isTrue();
            return decoder.snapshot();
        }
    }
}
