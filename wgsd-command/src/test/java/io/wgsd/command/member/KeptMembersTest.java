package io.wgsd.command.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.members.MembersZone;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptMembersTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final SignedLists lists = new SignedLists();
    private final Path file;
    private final Path changes;

    KeptMembersTest(@TempDir Path folder) {
        file = folder.resolve("wg0.members.zone");
        changes = folder.resolve("wg0.members.zone.changes");
    }

    @Test
    void atFirstThereIsNone() throws IOException, UnfitZoneException {
        assertThat(kept().read(lists.verifier)).isEmpty();
    }

    @Test
    void aChangeIsWrittenBesideTheListAndReadWithIt() throws IOException, UnfitZoneException {
        KeptMembers kept = kept();
        VerifiedNetwork first = lists.next(NOW);
        kept.write(first, Optional.empty());
        String whole = Files.readString(file);

        VerifiedNetwork last = first;
        for (int i = 0; i < 3; i++) {
            VerifiedNetwork before = last;
            last = lists.next(NOW);
            kept.write(last, Optional.of(new KeptMembers.Step(before, lists.change())));

            assertThat(read().isSameZoneAs(last)).isTrue();
        }
        assertThat(Files.readString(file)).isEqualTo(whole);
        assertThat(read().network().members()).hasSize(4);
    }

    @Test
    void afterAStartChangesGoOn() throws IOException, UnfitZoneException {
        VerifiedNetwork first = lists.next(NOW);
        kept().write(first, Optional.empty());
        KeptMembers started = kept();
        started.read(lists.verifier);
        VerifiedNetwork second = lists.next(NOW);
        started.write(second, Optional.of(new KeptMembers.Step(first, lists.change())));

        KeptMembers again = kept();
        again.read(lists.verifier);
        VerifiedNetwork third = lists.next(NOW);
        again.write(third, Optional.of(new KeptMembers.Step(second, lists.change())));

        assertThat(changes).exists();
        assertThat(read().isSameZoneAs(third)).isTrue();
    }

    @Test
    void aListThatFollowsAnotherOneThanThatInTheFileIsWrittenWhole() throws IOException, UnfitZoneException {
        KeptMembers kept = kept();
        kept.write(lists.next(NOW), Optional.empty());
        VerifiedNetwork skipped = lists.next(NOW);
        VerifiedNetwork third = lists.next(NOW);

        kept.write(third, Optional.of(new KeptMembers.Step(skipped, lists.change())));

        assertThat(changes).doesNotExist();
        assertThat(read().isSameZoneAs(third)).isTrue();
    }

    @Test
    void changesOfAListThatWasReplacedArePassedOver() throws IOException, UnfitZoneException {
        KeptMembers kept = kept();
        VerifiedNetwork first = lists.next(NOW);
        kept.write(first, Optional.empty());
        kept.write(lists.next(NOW), Optional.of(new KeptMembers.Step(first, lists.change())));
        VerifiedNetwork third = lists.next(NOW);

        kept.write(third, Optional.empty());

        assertThat(changes).exists();
        assertThat(read().isSameZoneAs(third)).isTrue();
    }

    @Test
    void whatIsNoChangeIsRefused() throws IOException, UnfitZoneException {
        KeptMembers kept = kept();
        VerifiedNetwork first = lists.next(NOW);
        kept.write(first, Optional.empty());
        kept.write(lists.next(NOW), Optional.of(new KeptMembers.Step(first, lists.change())));
        Files.writeString(changes, Files.readString(changes) + "\nabc\n");

        assertThatThrownBy(this::read).isInstanceOf(FormatException.class).hasMessageContaining("after + or -");
    }

    private VerifiedNetwork read() throws IOException, UnfitZoneException {
        return kept().read(lists.verifier).orElseThrow();
    }

    private KeptMembers kept() {
        return new KeptMembers(MembersZone.names(SignedLists.NAMES).origin(), file);
    }
}
