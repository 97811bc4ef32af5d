package io.wgsd.dnssd.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.FormatException;
import java.util.List;
import java.util.function.Function;

/** Whatever a message holds, it is read, and then written as it was, or refused in a moment. */
class DsoMessageFuzzTest {

    private static final int LONGEST_TLV = 0xffff;
    private static final PushUpdate NOTHING = new PushUpdate(List.of(), List.of(), List.of());

    @FuzzTest(maxDuration = "10m")
    void aMessageIsReadOrRefused(byte[] input) {
        assertReadOrRefused(input, DsoMessage::parse, DsoMessage::encode, DsoMessage::parse);
    }

    @FuzzTest(maxDuration = "10m")
    void anUpdateIsReadOrRefused(byte[] input) {
        if (input.length <= LONGEST_TLV) {
            assertReadOrRefused(
                    input,
                    bytes -> List.of(PushUpdate.parse(DsoTlv.of(DsoTlv.PUSH, bytes))),
                    updates -> updates.get(0).encode(),
                    tlvs -> tlvs.isEmpty() ? List.of(NOTHING) : List.of(joined(tlvs)));
        }
    }

    @FuzzTest(maxDuration = "10m")
    void aSubscriptionIsReadOrRefused(byte[] input) {
        if (input.length <= LONGEST_TLV) {
            assertReadOrRefused(
                    input,
                    bytes -> Subscription.parse(DsoTlv.of(DsoTlv.SUBSCRIBE, bytes)),
                    Subscription::encode,
                    Subscription::parse);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void timeoutsAreReadOrRefused(byte[] input) {
        if (input.length <= LONGEST_TLV) {
            assertReadOrRefused(
                    input,
                    bytes -> SessionTimeouts.parse(DsoTlv.of(DsoTlv.KEEPALIVE, bytes)),
                    SessionTimeouts::encode,
                    SessionTimeouts::parse);
        }
    }

    /** A long update is written as several TLVs. */
    private static PushUpdate joined(List<DsoTlv> tlvs) {
        List<PushUpdate> parts = tlvs.stream().map(PushUpdate::parse).toList();
        return new PushUpdate(
                parts.stream().flatMap(part -> part.removed().stream()).toList(),
                parts.stream().flatMap(part -> part.cleared().stream()).toList(),
                parts.stream().flatMap(part -> part.added().stream()).toList());
    }

    /** Names may be compressed, and changes in another order: so what was read is compared, not its bytes. */
    private static <T, W> void assertReadOrRefused(
            byte[] input, Function<byte[], T> parse, Function<T, W> write, Function<W, T> parseAgain) {
        T read;
        try {
            read = parse.apply(input);
        } catch (FormatException e) {
            assertThat(e).hasMessageNotContainingAny("\n");
            return;
        }
        assertThat(parseAgain.apply(write.apply(read))).isEqualTo(read);
    }
}
