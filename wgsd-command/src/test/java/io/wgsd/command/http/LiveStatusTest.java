package io.wgsd.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveStatusTest {

    private long now;
    private int asked;
    private final LiveStatus status =
            new LiveStatus(line -> "well\n" + (line.equals("json") ? "json " : "text ") + ++asked + "\n", () -> now);

    @Test
    void howeverManyWatchItIsAskedForOnceASecond() {
        assertThat(status.json()).isEqualTo("[json 1]").isSameAs(status.json());
        assertThat(status.text()).isEqualTo("text 2").isSameAs(status.text());

        now += Duration.ofSeconds(1).toNanos();

        assertThat(status.json()).isEqualTo("[json 3]");
        assertThat(status.text()).isEqualTo("text 4");
    }
}
