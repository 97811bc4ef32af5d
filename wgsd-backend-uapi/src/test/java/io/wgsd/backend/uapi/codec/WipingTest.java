package io.wgsd.backend.uapi.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.SecretKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What held a secret holds it no longer when it is done. */
final class WipingTest {

    @Test
    void linesAreWipedWhenTheyHaveBeenRead() throws IOException {
        List<byte[]> lent = new ArrayList<>();
        try (LineSplitter lines = new LineSplitter(LineSplitter.MAX_TOTAL)) {
            lines.feed(
                    StandardCharsets.US_ASCII.encode("private_key=" + Texts.PRIVATE + "\nprivate_key="),
                    (bytes, from, to) -> lent.add(bytes));
        }

        assertThat(lent.get(0)).containsOnly(0);
    }

    @Test
    void secretsThatWereNotHandedOutAreClosedWithTheDecoder() throws IOException {
        DeviceDecoder decoder = new DeviceDecoder("wg0", new OwnKeys(), Instant.EPOCH, Wanted.SECRETS);
        try (AnswerReader reader = new AnswerReader(decoder)) {
            reader.feed(StandardCharsets.US_ASCII.encode(Texts.WIREGUARD_GO));
        }

        decoder.close();

        try (Snapshot snapshot = decoder.snapshot()) {
            SecretKey key = snapshot.secrets().privateKey().orElseThrow();
            assertThat(key).isNotEqualTo(Texts.secret(Texts.PRIVATE));
        }
    }

    @Test
    void aSnapshotClosesItsSecrets() throws IOException {
        DeviceDecoder decoder = new DeviceDecoder("wg0", new OwnKeys(), Instant.EPOCH, Wanted.SECRETS);
        try (AnswerReader reader = new AnswerReader(decoder)) {
            reader.feed(StandardCharsets.US_ASCII.encode(Texts.WIREGUARD_GO));
        }
        Snapshot snapshot = decoder.snapshot();
        SecretKey key = snapshot.secrets().presharedKey(Texts.BOB_KEY).orElseThrow();

        snapshot.close();

        assertThat(key).isNotEqualTo(Texts.secret(Texts.PRESHARED));
    }

    @Test
    void noTextShowsASecret() throws IOException {
        DeviceDecoder decoder = new DeviceDecoder("wg0", new OwnKeys(), Instant.EPOCH, Wanted.SECRETS);
        try (AnswerReader reader = new AnswerReader(decoder)) {
            reader.feed(StandardCharsets.US_ASCII.encode(Texts.WIREGUARD_GO));
        }
        try (Snapshot snapshot = decoder.snapshot()) {
            assertThat(snapshot.toString() + snapshot.peer(Texts.BOB_KEY))
                    .doesNotContain(Texts.PRIVATE.substring(0, 8))
                    .doesNotContain(Texts.PRESHARED.substring(0, 8));
        }
    }
}
