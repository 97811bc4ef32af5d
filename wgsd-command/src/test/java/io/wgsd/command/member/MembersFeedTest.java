package io.wgsd.command.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.log.Level;
import io.wgsd.command.log.Log;
import io.wgsd.command.options.MembersOption;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersFeedTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final SignedLists lists = new SignedLists();
    private final List<VerifiedNetwork> served = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final Path file;
    private Instant now = NOW;
    private MembersFeed feed;
    private int offered;

    MembersFeedTest(@TempDir Path folder) {
        file = folder.resolve("members.zone");
    }

    @BeforeEach
    void begin() {
        feed = MembersFeed.restored(
                new MembersOption.Served(SignedLists.NAMES, file, lists.anchors(), Optional.empty(), false),
                this::serve,
                new Log((level, line) -> {
                    if (level == Level.WARN) {
                        said.add(line);
                    }
                }),
                () -> now);
    }

    private boolean serve(VerifiedNetwork network) throws UnfitZoneException {
        offered++;
        if (!served.isEmpty()) {
            network.requireFollows(served.get(served.size() - 1));
        }
        return served.add(network);
    }

    @Test
    void aListIsServedOnceItIsThere() throws IOException, UnfitZoneException {
        feed.look();
        feed.look();
        assertThat(said)
                .containsExactly(
                        "members: there is no file " + file + " with members; \"wgsd member publish\" writes it");

        VerifiedNetwork list = lists.next(NOW);
        write(list, 1);
        feed.look();
        feed.look();

        assertThat(served).singleElement().matches(list::isSameZoneAs);
        assertThat(offered).isEqualTo(1);
    }

    @Test
    void whatIsRefusedIsNotVerifiedAgainAtEachLook() throws IOException, UnfitZoneException {
        VerifiedNetwork first = lists.next(NOW);
        VerifiedNetwork second = lists.next(NOW);
        write(second, 1);
        feed.look();
        write(first, 2);

        feed.look();
        feed.look();
        feed.look();

        assertThat(offered).isEqualTo(2);
        assertThat(served).hasSize(1);
        assertThat(said).filteredOn(line -> line.contains("(serial)")).hasSize(1);
    }

    @Test
    void aFileThatIsNoListIsReportedOnceThoughItIsTouched() throws IOException, UnfitZoneException {
        Files.writeString(file, "members.example.com. 60 IN A 10.0.0.256\n");
        for (int i = 1; i <= 3; i++) {
            Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(i)));
            feed.look();
        }
        assertThat(said).singleElement().asString().contains("is not as RFC 1035");

        write(lists.next(NOW), 9);
        feed.look();

        assertThat(served).hasSize(1);
    }

    @Test
    void aListThatIsNotValidYetIsServedOnceItIs() throws IOException, UnfitZoneException {
        now = NOW.minus(Duration.ofDays(1));
        write(lists.next(NOW), 1);
        feed.look();
        feed.look();
        assertThat(served).isEmpty();
        assertThat(said).singleElement().asString().contains("(time)");

        now = NOW;
        feed.look();

        assertThat(served).hasSize(1);
    }

    private void write(VerifiedNetwork list, int seconds) throws IOException {
        Files.writeString(file, ZoneFile.text(list.records().stream()));
        Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(seconds)));
    }
}
