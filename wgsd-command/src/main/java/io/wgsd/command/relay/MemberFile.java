package io.wgsd.command.relay;

import io.wgsd.internal.file.StateFile;
import io.wgsd.internal.file.UnfitFileException;
import io.wgsd.model.FormatException;
import io.wgsd.relay.RelayMembers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The members that a relay learned last, so that it has them when it starts while its registry is away. */
final class MemberFile {

    private static final int LIMIT = 16 << 20;

    private final StateFile file;

    /** Names the file, which need not exist yet. */
    MemberFile(Path path) {
        file = new StateFile(path, LIMIT);
    }

    /**
     * Reads the members. A file that makes no sense, which a loss of power may leave, is renamed: the registry knows
     * them too.
     *
     * @param report gets a line where that was done
     * @throws IOException if it cannot be read or renamed; in one line
     */
    LearnedMembers read(Consumer<String> report) throws IOException {
        String complaint;
        try {
            Optional<byte[]> content = file.read();
            if (content.isEmpty()) {
                return LearnedMembers.NONE;
            }
            LearnedMembers members = LearnedMembers.parse(new String(content.get(), StandardCharsets.US_ASCII));
            if (members.members().size() <= RelayMembers.MAX) {
                return members;
            }
            complaint = "state file " + file + " holds more members than a relay may have";
        } catch (FormatException e) {
            complaint = "state file " + file + " does not hold members' keys";
        } catch (UnfitFileException e) {
            complaint = String.valueOf(e.getMessage());
        }
        report.accept(complaint + "; it is now " + file.setAside() + ", and the relay waits for its registry");
        return LearnedMembers.NONE;
    }

    /**
     * Replaces the file as a whole.
     *
     * @throws IOException if it cannot be written; in one line, and the members from before are there still
     */
    void write(LearnedMembers members) throws IOException {
        file.write(members.toText().getBytes(StandardCharsets.US_ASCII));
    }
}
