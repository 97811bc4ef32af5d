package io.wgsd.discovery.registry;

import java.util.concurrent.ThreadFactory;

/** Threads whose work is done by the time they are started, so that nothing waits. */
final class InlineThreads implements ThreadFactory {

    @Override
    public Thread newThread(Runnable task) {
        return new Thread(task) {
            @Override
            public void start() {
                task.run();
            }
        };
    }
}
