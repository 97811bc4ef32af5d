package io.wgsd.backend.uapi.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestWriterTest {

    private final List<String> pieces = new ArrayList<>();
    private boolean hungUp;

    private final RequestWriter out = new RequestWriter(ByteBuffer.allocate(64 * 1024), bytes -> {
        pieces.add(StandardCharsets.US_ASCII.decode(bytes).toString());
        return !hungUp;
    });

    @Test
    void aShortRequestIsOnePiece() throws IOException {
        out.get().end();

        assertThat(pieces).containsExactly("get=1\n\n");
    }

    @Test
    void aLongRequestIsCutBetweenPeers() throws IOException {
        write(peers(1000));

        assertThat(pieces).hasSizeGreaterThan(3).allMatch(piece -> piece.length() <= 32 * 1024);
        assertThat(pieces.subList(1, pieces.size())).allMatch(piece -> piece.startsWith("public_key="));
    }

    @Test
    void aPeerThatIsLongerThanAPieceIsCutBetweenLines() throws IOException {
        DeviceChange.Builder change = DeviceChange.builder();
        var peer = change.peer(Texts.BOB_KEY);
        for (int i = 0; i < 5000; i++) {
            peer.addAllowedIp(IpPrefix.parse("10." + (i >> 8) + "." + (i & 255) + ".0/24"));
        }

        write(change.build());

        assertThat(pieces).hasSizeGreaterThan(3).allMatch(piece -> piece.endsWith("\n"));
    }

    @Test
    void thePiecesAreTheRequest() throws IOException {
        write(peers(1000));

        String request = String.join("", pieces);
        assertThat(request.lines().filter(line -> line.startsWith("public_key=")))
                .hasSize(1000);
        assertThat(request.lines().filter(line -> line.equals("endpoint=192.0.2.1:51820")))
                .hasSize(1000);
        assertThat(request).endsWith("\n\n");
    }

    @Test
    void nothingMoreIsSentToAPeerThatHasHungUp() throws IOException {
        hungUp = true;

        write(peers(1000));

        assertThat(pieces).hasSize(1);
    }

    private void write(DeviceChange change) throws IOException {
        for (PeerChange peer : change.peers()) {
            ChangeEncoder.peer(out, peer);
        }
        out.end();
    }

    private static DeviceChange peers(int count) {
        DeviceChange.Builder change = DeviceChange.builder();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[32];
            bytes[0] = (byte) i;
            bytes[1] = (byte) (i >> 8);
            change.peer(PublicKey.of(bytes)).updateOnly().endpoint(Endpoint.parse("192.0.2.1:51820"));
        }
        return change.build();
    }
}
