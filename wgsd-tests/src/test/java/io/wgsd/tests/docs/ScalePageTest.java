package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page's figures are those that its model prints, and the model's those that were measured. */
@Timeout(60)
class ScalePageTest {

    static final List<String> PAGES = List.of("docs/scale.md");

    private static final String PAGE = PAGES.get(0);
    private static final List<String> NUMBERS = List.of("10", "100", "1000", "10000");

    @Test
    void eachCommandRuns() throws IOException, InterruptedException {
        for (Block block : Page.blocks(PAGE)) {
            for (String command : block.commands()) {
                assertThat(command).startsWith("benchmarks/scale");
                assertThat(run(command)).startsWith("| ");
            }
        }
    }

    @Test
    void itsTablesAreWhatTheModelPrints() throws IOException, InterruptedException {
        String page = Files.readString(Page.PROJECT.resolve(PAGE));

        assertThat(page).contains(run("benchmarks/scale")).contains(run("benchmarks/scale --check"));
    }

    @Test
    void itsListsAreWhatTheModelSaysOfThem() throws IOException, InterruptedException {
        String page = Files.readString(Page.PROJECT.resolve(PAGE));

        for (String number : NUMBERS) {
            Map<String, String> said = run("benchmarks/scale --shard " + number)
                    .lines()
                    .skip(2)
                    .map(line -> line.split(" \\| |\\| ", -1))
                    .collect(Collectors.toMap(cells -> cells[1], cells -> cells[2], (first, same) -> first));
            assertThat(page)
                    .contains("| " + said.get("shards of the list") + " | " + said.get("what a member fetches once")
                            + "B | " + said.get("a change of the list") + " s |");
        }
    }

    @Test
    void whatWasMeasuredIsInTheResults() throws IOException {
        String results = Files.readString(Page.PROJECT.resolve("benchmarks/RESULTS.md"));

        assertThat(results)
                .contains("| `wgsd member sign`, all members | 6.06 s |")
                .contains("| to verify all signatures, on two processors | 11.8 s | 1.8 s |")
                .contains("| 10,000 | 95.9 ms | 79.6 ms |")
                .contains("| 10,000 | 158 ms | 17.8 ms |")
                .contains("processor time for reading | 7.4 % |");
    }

    @Test
    void aWrongNumberIsRefused() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("benchmarks/scale", "--members", "many")
                .directory(Page.PROJECT.toFile())
                .redirectErrorStream(true)
                .start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said).isEqualTo("scale: \"many\" is no number from 1 to 9999999999\n");
    }

    private static String run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command.split(" "))
                .directory(Page.PROJECT.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
