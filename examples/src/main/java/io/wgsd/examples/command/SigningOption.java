package io.wgsd.examples.command;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.KeyDirectory;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the zone is signed, and with which keys. */
final class SigningOption {

    @Option(
            names = "--sign",
            paramLabel = "KEYDIR",
            description = "Sign the zone (DNSSEC) with the keys in this folder; \"wgsd key new\" makes one.")
    private @Nullable Path folder;

    /** Reads the keys, so that a mistake is told of before anything has begun. */
    Optional<ZoneSigner> signer(DnsSdNames names, AccessOption.Rules rules) throws IOException {
        Path where = folder;
        if (where == null) {
            return Optional.empty();
        }
        if (!rules.allowed().isEmpty() && !rules.mayEnumerate()) {
            throw new UsageException(
                    "--sign with --allow needs --enumerate any: a signed zone can be walked from name to"
                            + " name, so whoever may ask for a key has the list of peers as well");
        }
        List<SigningKey> keys = new KeyDirectory(where).keys(names.origin(), Instant.now());
        if (keys.isEmpty()) {
            throw new IOException("there is no key for " + names.origin() + " in " + where
                    + "; make one with: wgsd key new" + " --zone " + names.origin() + " --dir " + where);
        }
        return Optional.of(new ZoneSigner(keys));
    }
}
