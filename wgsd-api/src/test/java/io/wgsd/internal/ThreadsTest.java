package io.wgsd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void daemonsAreNumberedFromOne() {
        ThreadFactory factory = Threads.numberedDaemons("wgsd-");

        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("wgsd-1");
        assertThat(factory.newThread(() -> {}).getName()).isEqualTo("wgsd-2");
    }

    @Test
    void noneOfThemKeepsTheRuntimeAlive() {
        assertThat(Threads.numberedDaemons("wgsd-").newThread(() -> {}).isDaemon())
                .isTrue();
        assertThat(Threads.daemons("wgsd").newThread(() -> {}).isDaemon()).isTrue();
    }

    @Test
    void aThreadDoesNotWaitForItself() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);

        Threads.daemons("self")
                .newThread(() -> {
                    Threads.join(Thread.currentThread());
                    done.countDown();
                })
                .start();

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptDoesNotEndTheWaitAndIsRestored() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread awaited = Threads.daemons("awaited").newThread(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        awaited.start();
        boolean[] seen = new boolean[2];
        Thread waiting = Threads.daemons("waiting").newThread(() -> {
            Thread.currentThread().interrupt();
            Threads.join(awaited);
            seen[0] = !awaited.isAlive();
            seen[1] = Thread.currentThread().isInterrupted();
        });
        waiting.start();

        end.countDown();
        waiting.join();

        assertThat(seen).containsExactly(true, true);
    }
}
