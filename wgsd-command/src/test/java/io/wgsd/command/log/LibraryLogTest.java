package io.wgsd.command.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LibraryLogTest {

    private static final Logger OURS = LoggerFactory.getLogger("io.wgsd.server.Registry");
    private static final Logger OTHERS = LoggerFactory.getLogger("org.xbill.DNS.Lookup");

    private final StringWriter written = new StringWriter();
    private final ErrorStream log = new ErrorStream(new PrintWriter(written), Optional.empty());

    @BeforeEach
    void passToThisLog() {
        LibraryLog.passTo(log);
    }

    @Test
    void linesOfTheLibraryHaveTheFormOfTheCommands() {
        OURS.warn("cannot reach {}: {}", "192.0.2.1", "timed out");

        assertThat(written.toString().lines()).containsExactly("<4>WARN cannot reach 192.0.2.1: timed out");
    }

    @Test
    void theLevelIsTheirsToo() {
        OURS.debug("hidden");
        log.show(Level.DEBUG);
        OURS.debug("shown");
        log.show(Level.ERROR);
        OURS.warn("hidden");

        assertThat(written.toString().lines()).containsExactly("<7>DEBUG shown");
    }

    @Test
    void ofOtherLibrariesOnlyWarningsPass() {
        log.show(Level.DEBUG);
        OTHERS.debug("hidden");
        OTHERS.info("hidden");
        OTHERS.warn("shown");

        assertThat(written.toString().lines()).containsExactly("<4>WARN shown");
    }

    @Test
    void anErrorIsShownWithItsTrace() {
        OURS.error("making a zone failed", new IllegalStateException("no zone"));

        assertThat(written.toString().lines())
                .startsWith("<3>ERROR making a zone failed", "<3>    java.lang.IllegalStateException: no zone");
    }
}
