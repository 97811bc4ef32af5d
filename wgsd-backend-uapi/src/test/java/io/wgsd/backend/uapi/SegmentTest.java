package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.backend.uapi.codec.AnswerReader;
import io.wgsd.backend.uapi.codec.DeviceDecoder;
import io.wgsd.backend.uapi.codec.OwnKeys;
import io.wgsd.backend.uapi.codec.RequestWriter;
import io.wgsd.backend.uapi.codec.Snapshot;
import io.wgsd.backend.uapi.codec.Texts;
import io.wgsd.backend.uapi.codec.Wanted;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The transactions that a change becomes, against the text of the protocol. */
final class SegmentTest {

    private static final IpPrefix TEN = IpPrefix.parse("10.0.0.0/8");

    @Test
    void settingsComeInTheKernelsOrder() throws IOException {
        DeviceChange change = DeviceChange.builder()
                .privateKey(Texts.secret(Texts.PRIVATE))
                .replacePeers()
                .listenPort(51820)
                .firewallMark(4_294_967_295L)
                .build();

        assertThat(write(change, Dialect.EDITS)).containsExactly("""
                        fwmark=4294967295
                        listen_port=51820
                        replace_peers=true
                        private_key=%s
                        """.formatted(Texts.PRIVATE));
    }

    @Test
    void aClearedPrivateKeyIsZeros() throws IOException {
        assertThat(write(DeviceChange.builder().clearPrivateKey().build(), Dialect.EDITS))
                .containsExactly("private_key=" + Texts.ZEROS + "\n");
    }

    @Test
    void aPeersPartsComeInTheKernelsOrder() throws IOException {
        DeviceChange change = DeviceChange.builder()
                .peer(Texts.BOB_KEY)
                .persistentKeepalive(Duration.ofSeconds(25))
                .removeAllowedIp(TEN)
                .addAllowedIp(IpPrefix.parse("fd00::/64"))
                .replaceAllowedIps()
                .endpoint(Endpoint.parse("[fe80::1%eth0]:51820"))
                .presharedKey(Texts.secret(Texts.PRESHARED))
                .updateOnly()
                .build();

        assertThat(write(change, Dialect.EDITS_PREFIXES)).containsExactly("""
                        public_key=%s
                        update_only=true
                        preshared_key=%s
                        endpoint=[fe80::1%%eth0]:51820
                        replace_allowed_ips=true
                        allowed_ip=fd00::/64
                        allowed_ip=-10.0.0.0/8
                        persistent_keepalive_interval=25
                        """.formatted(Texts.BOB, Texts.PRESHARED));
    }

    @Test
    void manyPeersAreOneTransaction() throws IOException {
        DeviceChange change = DeviceChange.builder()
                .peer(Texts.BOB_KEY)
                .remove()
                .peer(Texts.BOB_KEY)
                .clearPresharedKey()
                .peer(Texts.CAROL_KEY)
                .persistentKeepalive(Duration.ZERO)
                .build();

        assertThat(write(change, Dialect.EDITS))
                .containsExactly("""
                        public_key=%s
                        remove=true
                        public_key=%s
                        preshared_key=%s
                        public_key=%s
                        persistent_keepalive_interval=0
                        """.formatted(Texts.BOB, Texts.BOB, Texts.ZEROS, Texts.CAROL));
    }

    @Test
    void aPrefixIsRemovedByReplacingAllWhereThereIsNoWordForIt() throws IOException {
        DeviceChange change = DeviceChange.builder()
                .peer(Texts.BOB_KEY)
                .updateOnly()
                .removeAllowedIp(IpPrefix.parse("10.0.0.2/32"))
                .build();

        assertThat(write(change, Dialect.EDITS)).containsExactly("""
                        public_key=%s
                        update_only=true
                        replace_allowed_ips=true
                        allowed_ip=fd00::2/128
                        """.formatted(Texts.BOB));
    }

    @Test
    void aRestartIsARemovalAndAnAdditionInOneTransaction() throws IOException {
        DeviceChange change = DeviceChange.builder()
                .peer(Texts.BOB_KEY)
                .restart()
                .endpoint(Endpoint.parse("192.0.2.9:9"))
                .peer(Texts.CAROL_KEY)
                .restart()
                .build();

        assertThat(write(change, Dialect.EDITS_PREFIXES))
                .containsExactly("""
                        public_key=%1$s
                        remove=true
                        public_key=%1$s
                        preshared_key=%2$s
                        endpoint=192.0.2.9:9
                        replace_allowed_ips=true
                        allowed_ip=10.0.0.2/32
                        allowed_ip=fd00::2/128
                        persistent_keepalive_interval=25
                        public_key=%3$s
                        remove=true
                        public_key=%3$s
                        replace_allowed_ips=true
                        """.formatted(Texts.BOB, Texts.PRESHARED, Texts.CAROL));
    }

    @Test
    void aStepThatHasToKnowWhatAnEarlierOneDidBeginsATransaction() throws IOException {
        DeviceChange change = DeviceChange.builder()
                .peer(Texts.CAROL_KEY)
                .addAllowedIp(TEN)
                .peer(Texts.BOB_KEY)
                .restart()
                .build();

        assertThat(Segment.of(change, Dialect.EDITS)).hasSize(2);
    }

    @Test
    void aPrefixOfAPeerThatAnEarlierSettingMayHaveRemovedIsRemovedInATransactionOfItsOwn() throws IOException {
        DeviceChange change = DeviceChange.builder()
                .replacePeers()
                .peer(Texts.BOB_KEY)
                .removeAllowedIp(TEN)
                .build();

        assertThat(Segment.of(change, Dialect.EDITS)).hasSize(2);
    }

    @Test
    void stepsUpToTheFirstThatIsNotInForceWereApplied() throws IOException {
        DeviceChange change = DeviceChange.builder()
                .peer(Texts.BOB_KEY)
                .endpoint(Endpoint.parse("192.0.2.1:51820"))
                .presharedKey(Texts.secret(Texts.PRESHARED))
                .peer(Texts.CAROL_KEY)
                .endpoint(Endpoint.parse("192.0.2.1:51820"))
                .peer(Texts.BOB_KEY)
                .addAllowedIp(IpPrefix.parse("10.0.0.2/32"))
                .build();

        assertThat(Segment.of(change, Dialect.EDITS).get(0).inForce(device())).containsExactly(Texts.BOB_KEY);
    }

    /** Returns the segments' bodies, written through a buffer that is far too small. */
    private static List<String> write(DeviceChange change, Dialect dialect) throws IOException {
        List<String> bodies = new ArrayList<>();
        for (Segment segment : Segment.of(change, dialect)) {
            StringBuilder text = new StringBuilder();
            RequestWriter out = new RequestWriter(ByteBuffer.allocate(300), bytes -> {
                text.append(StandardCharsets.US_ASCII.decode(bytes));
                return true;
            });
            segment.write(out, Optional.of(device()));
            out.end();
            assertThat(text).endsWith("\n\n");
            bodies.add(text.substring(0, text.length() - 1));
        }
        return bodies;
    }

    private static Snapshot device() throws IOException {
        try (DeviceDecoder decoder = new DeviceDecoder("wg0", new OwnKeys(), Instant.now(), Wanted.SECRETS);
                AnswerReader reader = new AnswerReader(decoder)) {
            reader.feed(StandardCharsets.US_ASCII.encode(Texts.WIREGUARD_GO));
            return decoder.snapshot();
        }
    }
}
