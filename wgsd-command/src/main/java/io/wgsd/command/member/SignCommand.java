package io.wgsd.command.member;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.SigningOption;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.members.MembersSigner;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.Network;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import picocli.CommandLine.Model.OptionSpec;

/** Signs the network. */
final class SignCommand extends InFolder {

    private final OptionSpec days = OptionSpecs.one(int.class, "--days")
            .paramLabel("DAYS")
            .defaultValue(Long.toString(MembersSigner.VALIDITY.toDays()))
            .description("How long the signatures are valid, 1 to 3653 (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec keys = OptionSpecs.one(Path.class, "--keys")
            .paramLabel("KEYDIR")
            .description("The folder with the key to sign with, as the second key's (default: keys in DIR).")
            .build();

    SignCommand() {
        super("sign", "Signs the members, as a zone that a registry can serve.");
        spec().addOption(days).addOption(keys);
    }

    @Override
    void run(MemberFolder where) throws IOException {
        Network network = where.read().network();
        DnsSdNames names = network.names();
        Path keyFolder = keys.getValue() == null ? where.keysFolder() : keys.getValue();
        List<SigningKey> owners = SigningOption.keysIn(keyFolder, MembersZone.names(names));
        if (owners.isEmpty()) {
            throw new IOException("there is no key for " + MembersZone.names(names) + " in " + keyFolder);
        }
        SignedFile file = where.signedFile(names);
        SignedFile.Content before = file.exists() ? file.read() : new SignedFile.Content(List.of(), List.of(), "");
        Instant now = Instant.now();
        MembersSigner signer = new MembersSigner(owners, Duration.ofDays(days.<Integer>getValue()));
        MembersVerifier verifier = new MembersVerifier(names, where.anchors(names));
        VerifiedNetwork verified;
        try {
            // What no host would believe is better found here.
            Optional<VerifiedNetwork> changed = change(network, before.records(), signer, verifier, now);
            verified = changed.isPresent()
                    ? changed.get()
                    : verifier.verifyEachSignature(signer.sign(network, before.records(), now));
        } catch (UnfitZoneException e) {
            throw new IOException(
                    "what was signed with the key in " + keyFolder + " is not what hosts believe by "
                            + where.anchorsFile() + ": " + e.getMessage(),
                    e);
        }
        List<Long> basedOn = new ArrayList<>(serial(before.records()));
        basedOn.addAll(before.basedOn());
        file.write(verified.records(), basedOn);
        err().println("wgsd: " + verified.network().members().size() + " members are signed until "
                + verified.validUntil() + ", serial " + verified.serial() + ", in " + file);
    }

    /**
     * Signs what is other than in the zone that was signed last; empty where that does not do. The digest of that zone
     * vouches for its signatures, each of which was verified when it was made.
     */
    private static Optional<VerifiedNetwork> change(
            Network network, List<Record> before, MembersSigner signer, MembersVerifier verifier, Instant now)
            throws UnfitZoneException {
        VerifiedNetwork previous;
        try {
            previous = verifier.verify(before);
        } catch (UnfitZoneException e) {
            // There is none, or one of another owner's.
            return Optional.empty();
        }
        Optional<ZoneDiff> change = signer.change(network, previous, now);
        return change.isEmpty() ? Optional.empty() : Optional.of(verifier.verifyEachSignature(previous, change.get()));
    }

    private static List<Long> serial(List<Record> zone) {
        return zone.stream()
                .filter(SOARecord.class::isInstance)
                .map(record -> ((SOARecord) record).getSerial())
                .toList();
    }
}
