package io.wgsd.command.member;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Puts the signed zone in the place of the one that a registry serves. */
final class PublishCommand extends InFolder {

    private final PositionalParamSpec target = PositionalParamSpec.builder()
            .index("0")
            .required(true)
            .type(Path.class)
            .paramLabel("FILE")
            .description("The file that the registry's --members names.")
            .build();

    PublishCommand() {
        super("publish", "Replaces the zone that a registry serves by the one that was signed last, as a whole.");
        spec().addPositional(target);
    }

    @Override
    void run(MemberFolder where) throws IOException {
        DnsSdNames names = where.read().network().names();
        SignedFile signed = where.signedFile(names);
        if (!signed.exists()) {
            throw new IOException("there is no " + signed + " yet; make it with: wgsd member sign");
        }
        MembersVerifier verifier = new MembersVerifier(names, where.anchors(names));
        SignedFile.Content content = signed.read();
        VerifiedNetwork network = verify(verifier, content, signed);
        if (Instant.now().isAfter(network.validUntil())) {
            throw new IOException(signed + " was valid until " + network.validUntil() + "; sign it again first");
        }
        SignedFile published = new SignedFile(target.getValue(), names);
        if (published.exists()) {
            VerifiedNetwork before = verify(verifier, published.read(), published);
            if (network.isSameZoneAs(before)) {
                err().println("wgsd: " + published + " is serial " + network.serial() + " already");
                return;
            }
            if (!content.basedOn().contains(before.serial())) {
                throw new IOException(published + " has serial " + before.serial() + ", on which " + signed
                        + " is not based: another owner has published meanwhile; copy " + published + " to " + signed
                        + ", see whether " + where.networkFile()
                        + " has all that it has, and sign again");
            }
        }
        MemberFolder.writePublic(target.getValue(), content.text());
        err().println("wgsd: " + published + " is serial " + network.serial() + " now, with "
                + network.network().members().size() + " members");
    }

    private static VerifiedNetwork verify(MembersVerifier verifier, SignedFile.Content content, SignedFile file)
            throws IOException {
        try {
            return verifier.verify(content.records());
        } catch (UnfitZoneException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
