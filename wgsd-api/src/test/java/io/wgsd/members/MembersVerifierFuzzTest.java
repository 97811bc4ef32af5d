package io.wgsd.members;

import static io.wgsd.members.Samples.NAMES;
import static io.wgsd.members.Samples.NETWORK;
import static io.wgsd.members.Samples.NOW;
import static io.wgsd.members.Samples.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** However records of a signed zone are changed, it is what the owner signed, or it is refused. */
class MembersVerifierFuzzTest {

    private static final SigningKey OWNER = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, NOW);
    private static final List<Record> SIGNED =
            new MembersSigner(List.of(OWNER), MembersSigner.VALIDITY).sign(NETWORK, List.of(), NOW);

    private final MembersVerifier verifier = new MembersVerifier(NAMES, List.of(OWNER.ds()));

    @FuzzTest(maxDuration = "10m")
    void aChangedZoneIsRefused(byte[] input) {
        List<Record> zone = new ArrayList<>(SIGNED);
        ByteBuffer bytes = ByteBuffer.wrap(input);
        while (bytes.remaining() >= 4 && !zone.isEmpty()) {
            int at = Byte.toUnsignedInt(bytes.get()) % zone.size();
            byte[] wire = zone.get(at).toWire(Section.ANSWER);
            wire[Short.toUnsignedInt(bytes.getShort()) % wire.length] ^= bytes.get();
            try {
                zone.set(at, Record.fromWire(wire, Section.ANSWER));
            } catch (IOException | RuntimeException e) {
                zone.remove(at);
            }
        }
        try {
            assertThat(verifier.verifyEachSignature(zone).network()).isEqualTo(NETWORK);
        } catch (UnfitZoneException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
        }
    }
}
