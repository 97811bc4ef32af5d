package io.wgsd.relay.roster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table<Long> table = new Table<>(7);

    @Test
    void itFindsWhatAMapWould() {
        Random random = new Random(1);
        Map<List<Long>, Long> model = new HashMap<>();
        for (long i = 0; i < 100_000; i++) {
            long a = random.nextInt(20);
            long b = random.nextInt(100);
            long c = random.nextInt(20);
            if (random.nextInt(3) == 0) {
                model.remove(List.of(a, b, c));
                table.remove(a, b, c);
            } else {
                model.put(List.of(a, b, c), i);
                table.put(a, b, c, i);
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
        for (long a = 0; a < 20; a++) {
            for (long b = 0; b < 100; b++) {
                for (long c = 0; c < 20; c++) {
                    assertThat(table.get(a, b, c)).isEqualTo(model.get(List.of(a, b, c)));
                }
            }
        }
    }

    @Test
    void aReaderFindsWhatStaysWhileAllElseChanges() {
        table.put(1, 2, 3, 6L);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> misses = CompletableFuture.supplyAsync(() -> {
            int missed = 0;
            while (!done.get()) {
                missed += Long.valueOf(6).equals(table.get(1, 2, 3)) ? 0 : 1;
            }
            return missed;
        });
        for (long i = 0; i < 50_000; i++) {
            table.put(i, 0, 0, i);
            if (i % 2 == 0) {
                table.remove(i, 0, 0);
            }
        }
        done.set(true);
        assertThat(misses.join()).isZero();
    }
}
