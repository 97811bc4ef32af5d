package io.wgsd.examples.command;

import io.wgsd.dnssd.TsigKey;
import io.wgsd.model.IpPrefix;
import io.wgsd.server.RegistryBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is answered besides this host and the peers, and how much of it. */
final class AccessOption {

    private static final String ANYONE = "any";
    private static final int MAX_RATE = 1_000_000;

    @Option(
            names = "--allow",
            paramLabel = "any|PREFIX",
            split = ",",
            description = "Who else may ask for a key that they know; this host and the peers always may.")
    private List<String> allow = new ArrayList<>();

    @Option(
            names = "--enumerate",
            paramLabel = "any",
            description = "Whether those whom --allow adds may have the list of peers, too.")
    private @Nullable String enumerate;

    @Option(
            names = "--allow-key",
            paramLabel = "NAME:ALGORITHM:FILE",
            description = "Whoever signs with this key may ask for anything, from wherever; its secret is in the file.")
    private List<String> allowKey = new ArrayList<>();

    @Option(
            names = "--allow-transfer-key",
            paramLabel = "NAME:ALGORITHM:FILE",
            description = "Whoever signs with this key may have the whole zone by AXFR and IXFR as well.")
    private List<String> allowTransferKey = new ArrayList<>();

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many datagrams a second go to a network that is not known to have asked;"
                    + " 0 is no limit (default: ${DEFAULT-VALUE}).")
    private int rateLimit;

    /** Reads and checks all of it, so that a mistake is told of before anything has begun. */
    Rules read() throws IOException {
        if (rateLimit < 0 || rateLimit > MAX_RATE) {
            throw new UsageException("--rate-limit must be 0.." + MAX_RATE + ", was " + rateLimit);
        }
        return new Rules(allowed(), mayEnumerate(), keys(allowKey), keys(allowTransferKey), rateLimit);
    }

    /** What the options say. */
    record Rules(
            List<IpPrefix> allowed,
            boolean mayEnumerate,
            List<TsigKey> keys,
            List<TsigKey> transferKeys,
            int responsesPerSecond) {

        void addTo(RegistryBuilder registry) {
            registry.allow(allowed).allowEnumeration(mayEnumerate).responsesPerSecond(responsesPerSecond);
            keys.forEach(registry::allowKey);
            transferKeys.forEach(registry::allowTransferKey);
        }
    }

    private static List<TsigKey> keys(List<String> texts) throws IOException {
        List<TsigKey> keys = new ArrayList<>();
        for (String text : texts) {
            keys.add(TsigOption.read(text));
        }
        return keys;
    }

    private boolean mayEnumerate() {
        if (enumerate == null) {
            return false;
        }
        if (!enumerate.equals(ANYONE)) {
            throw new UsageException("--enumerate must be \"any\", was \"" + enumerate + "\"");
        }
        if (allow.isEmpty()) {
            throw new UsageException("--enumerate widens --allow, which is not given");
        }
        return true;
    }

    private List<IpPrefix> allowed() {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String text : allow) {
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
