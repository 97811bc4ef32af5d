package io.wgsd.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.relay.LearnedMembers.Views;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The members that a relay keeps for its next start. */
class MemberFileTest {

    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");

    @TempDir
    private Path folder;

    private final List<String> reported = new ArrayList<>();

    @Test
    void whatWasWrittenIsRead() throws IOException {
        Path path = folder.resolve("state/example.com.relay.members");
        LearnedMembers members = new LearnedMembers(new TreeMap<>(Map.of(
                ALICE, new Views(Optional.of("all"), Set.of()),
                BOB, new Views(Optional.of("1"), Set.of("0", "1")))));
        new MemberFile(path).write(members);

        LearnedMembers read = new MemberFile(path).read(reported::add);
        assertThat(read.toRelayMembers().keys()).containsExactlyInAnyOrder(ALICE, BOB);
        assertThat(read).isEqualTo(members);
        assertThat(reported).isEmpty();
    }

    @Test
    void withoutAFileThereAreNone() throws IOException {
        assertThat(new MemberFile(folder.resolve("members")).read(reported::add))
                .isEqualTo(LearnedMembers.NONE);
    }

    @Test
    void aFileThatMakesNoSenseIsSetAside() throws IOException {
        Path path = Files.writeString(folder.resolve("members"), ALICE.toBase64() + "\nhalf a ke");

        assertThat(new MemberFile(path).read(reported::add)).isEqualTo(LearnedMembers.NONE);
        assertThat(reported).singleElement().asString().contains(path + " does not hold", path + ".unusable");
        assertThat(path).doesNotExist();
    }
}
