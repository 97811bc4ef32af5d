package io.wgsd.command.options;

import io.wgsd.dnssd.TsigKey;
import io.wgsd.model.IpPrefix;
import io.wgsd.server.RegistryBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Who else is answered besides this host and the peers, and how much they may ask for. */
final class AccessOptions {

    private static final String ANYONE = "any";
    private static final int MAX_RATE = 1_000_000;

    private final OptionSpec allow = OptionSpecs.many(String.class, "--allow")
            .paramLabel("any|PREFIX")
            .splitRegex(",")
            .description("Let these clients, too, look up a key they know; this host and the peers always may.")
            .build();

    private final OptionSpec enumerate = OptionSpecs.one(String.class, "--enumerate")
            .paramLabel(ANYONE)
            .description("Let the clients that --allow adds list all peers, too.")
            .build();

    private final OptionSpec allowKey = OptionSpecs.many(String.class, "--allow-key")
            .paramLabel("NAME:ALGORITHM:FILE")
            .description("Questions signed with this key are answered from anywhere; its secret is in the file.")
            .build();

    private final OptionSpec allowTransferKey = OptionSpecs.many(String.class, "--allow-transfer-key")
            .paramLabel("NAME:ALGORITHM:FILE")
            .description("Like --allow-key, and requests signed with this key may also transfer the whole zone.")
            .build();

    private final OptionSpec rateLimit = OptionSpecs.one(int.class, "--rate-limit")
            .paramLabel("N")
            .defaultValue("50")
            .description("Send at most this many datagrams a second to a network whose address is unverified;"
                    + " 0 means no limit (default: ${DEFAULT-VALUE}).")
            .build();

    CommandSpec mixin() {
        return CommandSpec.wrapWithoutInspection(this)
                .addOption(allow)
                .addOption(enumerate)
                .addOption(allowKey)
                .addOption(allowTransferKey)
                .addOption(rateLimit);
    }

    /** Reads and checks all of these options, so that a mistake is reported before anything has started. */
    Rules read() throws IOException {
        int rate = rateLimit.getValue();
        if (rate < 0 || rate > MAX_RATE) {
            throw new UsageException("--rate-limit must be 0.." + MAX_RATE + ", was " + rate);
        }
        return new Rules(allowed(), mayEnumerate(), keys(allowKey), keys(allowTransferKey), rate);
    }

    /** What the options mean. */
    record Rules(
            List<IpPrefix> allowed,
            boolean mayEnumerate,
            List<TsigKey> keys,
            List<TsigKey> transferKeys,
            int responsesPerSecond) {

        List<TsigKey> allKeys() {
            return Stream.concat(transferKeys.stream(), keys.stream()).toList();
        }

        void addTo(RegistryBuilder registry) {
            registry.allow(allowed).allowEnumeration(mayEnumerate).responsesPerSecond(responsesPerSecond);
            keys.forEach(registry::allowKey);
            transferKeys.forEach(registry::allowTransferKey);
        }
    }

    private static List<TsigKey> keys(OptionSpec option) throws IOException {
        List<String> texts = option.getValue();
        List<TsigKey> keys = new ArrayList<>();
        for (String text : texts) {
            keys.add(TsigKeyOption.read(text));
        }
        return keys;
    }

    private boolean mayEnumerate() {
        String who = enumerate.getValue();
        if (who == null) {
            return false;
        }
        if (!who.equals(ANYONE)) {
            throw new UsageException("--enumerate must be \"any\", was \"" + who + "\"");
        }
        if (allow.<List<String>>getValue().isEmpty()) {
            throw new UsageException("--enumerate needs --allow");
        }
        return true;
    }

    private List<IpPrefix> allowed() {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String text : allow.<List<String>>getValue()) {
            if (text.equals(ANYONE)) {
                prefixes.add(IpPrefix.parse("0.0.0.0/0"));
                prefixes.add(IpPrefix.parse("::/0"));
            } else {
                prefixes.add(IpPrefix.parse(text));
            }
        }
        return prefixes;
    }
}
