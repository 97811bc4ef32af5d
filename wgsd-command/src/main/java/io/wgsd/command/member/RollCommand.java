package io.wgsd.command.member;

import io.wgsd.command.options.SigningOption;
import io.wgsd.command.options.UsageException;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.KeyDirectory;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.internal.file.InputFile;
import io.wgsd.members.MembersZone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Makes a successor of the owner's key. */
final class RollCommand extends InFolder {

    RollCommand() {
        super("roll", "Makes a successor of the owner's key, which signs together with it from the next sign on.");
    }

    @Override
    void run(MemberFolder where) throws IOException {
        DnsSdNames members = MembersZone.names(where.read().network().names());
        List<SigningKey> present = SigningOption.keysIn(where.keysFolder(), members);
        if (present.size() != 1) {
            throw new UsageException(
                    present.isEmpty()
                            ? "there is no key for " + members + " in " + where.keysFolder()
                            : "a key is being rolled already; once all hosts have the new one, wgsd key retire --zone "
                                    + members + " --dir " + where.keysFolder() + " takes the old one away");
        }
        String anchors =
                new String(InputFile.readTrusted(where.anchorsFile(), "file of anchors"), StandardCharsets.UTF_8);
        SigningKey fresh = new KeyDirectory(where.keysFolder())
                .create(members, present.get(0).algorithm(), Instant.now());
        String separator = anchors.isEmpty() || anchors.endsWith("\n") ? "" : "\n";
        MemberFolder.writePublic(where.anchorsFile(), anchors + separator + fresh.dnskey() + "\n");
        err().println("wgsd: next: wgsd member sign, and publish; give each host the new "
                + where.anchorsFile() + "; then: wgsd key retire --zone " + members + " --dir " + where.keysFolder()
                + " " + present.get(0).tag() + ", and take that key's line out of " + where.anchorsFile());
    }
}
