package io.wgsd.command.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTest {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Log log = new Log((level, line) -> lines.add(level + " " + line));

    @Test
    void linesAreChangedFirstAsToNamePeers() {
        log.with(line -> line.replace("KEY", "alice")).info("KEY is direct");
        log.error("KEY");

        assertThat(lines).containsExactly("INFO alice is direct", "ERROR KEY");
    }

    @Test
    void whatGoesToAndFroFillsNoLog() {
        for (int i = 0; i < 100; i++) {
            log.warn("192.0.2.1:53", "registry 192.0.2.1:53 is away");
            log.info("192.0.2.1:53", "registry 192.0.2.1:53 is back");
        }
        log.warn("192.0.2.2:53", "registry 192.0.2.2:53 is away");

        assertThat(lines).containsExactly("WARN registry 192.0.2.1:53 is away", "WARN registry 192.0.2.2:53 is away");
    }
}
