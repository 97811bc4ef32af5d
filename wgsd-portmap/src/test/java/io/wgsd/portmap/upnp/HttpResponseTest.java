package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseTest {

    @Test
    void aBodyIsAsLongAsItIsSaidToBe() throws ProtocolException {
        assertThat(read("HTTP/1.1 200 OK\r\ncontent-LENGTH: 3\r\n\r\nabcd", false))
                .contains(new HttpResponse(200, "abc"));
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", false))
                .isEmpty();
    }

    @Test
    void withoutALengthItEndsWithTheConnection() throws ProtocolException {
        assertThat(read("HTTP/1.0 500 \r\n\r\nab", false)).isEmpty();
        assertThat(read("HTTP/1.0 500 \r\n\r\nab", true)).contains(new HttpResponse(500, "ab"));
    }

    @Test
    void chunksAreJoined() throws ProtocolException {
        String chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\n\r\n";

        assertThat(read(chunks, false)).contains(new HttpResponse(200, "abc"));
        for (int i = 0; i < chunks.length() - 4; i++) {
            assertThat(read(chunks.substring(0, i), false)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> read(text, true)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void whatIsTooLongIsRefusedBeforeItHasEnded() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nx: " + "y".repeat(9000), false))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\n\r\n" + "y".repeat(HttpResponse.LONGEST), false))
                .isInstanceOf(ProtocolException.class);
    }

    private static Optional<HttpResponse> read(String text, boolean ended) throws ProtocolException {
        return HttpResponse.read(text.getBytes(StandardCharsets.ISO_8859_1), ended);
    }
}
