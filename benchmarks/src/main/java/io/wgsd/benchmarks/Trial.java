package io.wgsd.benchmarks;

import java.io.IOException;

/**
 * A case and what carries it out.
 *
 * @param what the case
 * @param work what carries it out
 */
record Trial(Case what, Work work) {

    /** Something that can be timed. */
    interface Work {

        /** Does it so many times in a row, and returns how long that took. */
        long nanos(int times) throws IOException;
    }

    /** Does it once. */
    interface Once {
        void run() throws IOException;
    }

    /** Returns a trial that is timed from within this runtime. */
    static Trial inProcess(Case what, Once once) {
        return new Trial(what, times -> {
            long begin = System.nanoTime();
            for (int i = 0; i < times; i++) {
                once.run();
            }
            return System.nanoTime() - begin;
        });
    }
}
