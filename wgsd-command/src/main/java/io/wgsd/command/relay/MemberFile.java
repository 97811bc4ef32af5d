package io.wgsd.command.relay;

import io.wgsd.internal.file.StateFile;
import io.wgsd.internal.file.UnfitFileException;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.RelayMembers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The members that a relay learned last, one key a line, so that it has them when it starts while its registry is away. */
public final class MemberFile {

    private static final int LINE = 45;

    private final StateFile file;

    /** Names the file, which need not exist yet. */
    public MemberFile(Path path) {
        file = new StateFile(path, LINE * RelayMembers.MAX);
    }

    /**
     * Reads the members. A file that makes no sense, which a loss of power may leave, is renamed: the registry knows
     * them too.
     *
     * @param report gets a line where that was done
     * @throws IOException if it cannot be read or renamed; in one line
     */
    public Set<PublicKey> read(Consumer<String> report) throws IOException {
        String complaint;
        try {
            Optional<byte[]> content = file.read();
            if (content.isEmpty()) {
                return Set.of();
            }
            List<String> lines =
                    new String(content.get(), StandardCharsets.US_ASCII).lines().toList();
            return lines.stream().map(PublicKey::parse).collect(Collectors.toCollection(TreeSet::new));
        } catch (FormatException e) {
            complaint = "state file " + file + " does not hold members' keys";
        } catch (UnfitFileException e) {
            complaint = String.valueOf(e.getMessage());
        }
        report.accept(complaint + "; it is now " + file.setAside() + ", and the relay waits for its registry");
        return Set.of();
    }

    /**
     * Replaces the file as a whole.
     *
     * @throws IOException if it cannot be written; in one line, and the members from before are there still
     */
    public void write(Collection<PublicKey> members) throws IOException {
        String lines = members.stream().map(key -> key.toBase64() + "\n").collect(Collectors.joining());
        file.write(lines.getBytes(StandardCharsets.US_ASCII));
    }
}
