package io.wgsd.command.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HangupTest {

    @Test
    void aHangupDuringTheStartIsHandledAfterIt() throws IOException, InterruptedException {
        assumeTrue(File.separatorChar == '/', "only Unix has SIGHUP");
        Hangup.hold();
        Process kill = new ProcessBuilder(
                        "kill", "-HUP", Long.toString(ProcessHandle.current().pid()))
                .start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();

        CountDownLatch heard = new CountDownLatch(1);
        Hangup.handle(heard::countDown);
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
