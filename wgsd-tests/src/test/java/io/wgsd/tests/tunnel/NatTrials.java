package io.wgsd.tests.tunnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs trials of each pair of NATs, several at a time, and leaves the table in {@code target/FILE.md}. */
record NatTrials(String file, List<NatKind> kinds, int trials) {

    private static final int SIDE_BY_SIDE = Integer.getInteger("nat.parallel", 6);

    /** A trial: returns which path the tunnel took. */
    interface Trial {
        String path(NatPair pair, int number) throws Exception;
    }

    NatMatrix run(Trial trial) throws IOException, InterruptedException, ExecutionException {
        List<NatPair> pairs = NatPair.all(kinds);
        NatMatrix matrix = new NatMatrix(kinds, trials);
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Future<String>> paths = new ArrayList<>();
            for (NatPair pair : pairs) {
                for (int i = 0; i < trials; i++) {
                    int number = i;
                    paths.add(threads.submit(() -> trial.path(pair, number)));
                }
            }
            for (int i = 0; i < paths.size(); i++) {
                NatPair pair = pairs.get(i / trials);
                matrix.count(pair.alice(), pair.bob(), paths.get(i).get());
            }
        } finally {
            threads.shutdownNow();
        }
        Files.writeString(Path.of("target", file + ".md"), matrix.toString());
        return matrix;
    }
}
