package io.wgsd.command.options;

import io.wgsd.command.crypto.Ed25519Provider;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.KeyDirectory;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The folder with the keys that sign the zone. */
public final class SigningOption {

    private final OptionSpec folder = OptionSpecs.one(Path.class, "--sign")
            .paramLabel("KEYDIR")
            .description("Sign the zone (DNSSEC) with the keys in this folder; \"wgsd key new\" makes one.")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this).addOption(folder);
    }

    /** Reads the keys, so that a mistake is reported before anything has started. */
    Optional<ZoneSigner> signer(DnsSdNames names, AccessOptions.Rules rules) throws IOException {
        Path where = folder.getValue();
        if (where == null) {
            return Optional.empty();
        }
        if (!rules.allowed().isEmpty() && !rules.mayEnumerate()) {
            throw new UsageException(
                    "--sign with --allow needs --enumerate any: a signed zone can be walked from name to"
                            + " name, so anyone who may look up a key can also list all peers");
        }
        List<SigningKey> keys = keysIn(where, names);
        if (keys.isEmpty()) {
            throw new IOException("there is no key for " + names.origin() + " in " + where
                    + "; make one with: wgsd key new" + " --zone " + names.origin() + " --dir " + where);
        }
        return Optional.of(new ZoneSigner(keys));
    }

    /** Returns the keys of a zone that sign now. */
    public static List<SigningKey> keysIn(Path folder, DnsSdNames zone) throws IOException {
        Ed25519Provider.install();
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "there is no folder " + folder + " with keys; \"wgsd key new\" makes one, and a key in it");
        }
        return new KeyDirectory(folder).keys(zone, Instant.now());
    }
}
