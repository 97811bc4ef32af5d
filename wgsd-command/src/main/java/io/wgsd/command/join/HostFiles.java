package io.wgsd.command.join;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.members.Member;
import io.wgsd.members.MembersZone;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.SecretKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.Record;

/** What is written into the files of a host that joins: pure functions of its invitation. */
final class HostFiles {

    private static final int KEEPALIVE_SECONDS = 25;

    private HostFiles() {}

    /** Returns the configuration for wg-quick, with the private key in it; the caller wipes it. */
    static byte[] device(Invitation invitation, SecretKey key) {
        Member host = invitation.member(key.publicKey());
        String head = "# " + host.name() + " in "
                + zone(invitation.names())
                + ", by \"wgsd join\"; \"wgsd leave\" takes it back.\n[Interface]\nPrivateKey = ";
        StringBuilder rest = new StringBuilder("\nAddress = ").append(addresses(invitation, host));
        if (invitation.isForRegistry()) {
            rest.append("\nListenPort = ").append(host.endpoints().get(0).port());
        }
        if (host.allowedIps().stream().anyMatch(prefix -> !isAddress(prefix) && invitation.isForRegistry())) {
            // Of this device alone, and gone with it.
            rest.append("\nPostUp = sysctl -qw net.ipv4.conf.%i.forwarding=1");
        }
        List<IpAddress> servers = invitation.isForRegistry() ? host.addresses().subList(0, 1) : servers(invitation);
        String asked = servers.stream().map(IpAddress::toString).collect(Collectors.joining(" "));
        String zone = zone(invitation.names());
        // Only for the zone: a registry answers nothing else.
        rest.append("\nPostUp = ! command -v resolvectl >/dev/null || { resolvectl dns %i ")
                .append(asked)
                .append(" && resolvectl domain %i ")
                .append(zone(MembersZone.names(invitation.names())))
                .append(" '~")
                .append(zone)
                .append("'; } || true");
        rest.append('\n').append(peers(invitation));
        return around(key, head, rest.toString());
    }

    /** Returns the configuration for any WireGuard app, with the private key in it; the caller wipes it. */
    static byte[] app(Invitation invitation, SecretKey key, Optional<IpAddress> resolver) {
        Member host = invitation.member(key.publicKey());
        String addresses = host.allowedIps().stream()
                .filter(HostFiles::isAddress)
                .map(IpPrefix::toString)
                .collect(Collectors.joining(", "));
        String dns = resolver.map(address -> "\nDNS = " + address + ", " + zone(MembersZone.names(invitation.names())))
                .orElse("");
        return around(key, "[Interface]\nPrivateKey = ", "\nAddress = " + addresses + dns + "\n" + peers(invitation));
    }

    private static String peers(Invitation invitation) {
        StringBuilder peers = new StringBuilder();
        for (Member registry : invitation.registries()) {
            peers.append("\n# ")
                    .append(registry.name())
                    .append("\n[Peer]\nPublicKey = ")
                    .append(registry.publicKey())
                    .append("\nEndpoint = ")
                    .append(registry.endpoints().get(0))
                    .append("\nAllowedIPs = ")
                    .append(allowedIps(invitation, registry))
                    .append("\nPersistentKeepalive = ")
                    .append(KEEPALIVE_SECONDS)
                    .append('\n');
        }
        return peers.toString();
    }

    private static byte[] around(SecretKey key, String head, String rest) {
        byte[] before = head.getBytes(StandardCharsets.UTF_8);
        byte[] secret = key.toBase64();
        byte[] after = rest.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + secret.length + after.length);
        System.arraycopy(secret, 0, all, before.length, secret.length);
        System.arraycopy(after, 0, all, before.length + secret.length, after.length);
        Arrays.fill(secret, (byte) 0);
        return all;
    }

    /** Returns the keys of the network's owner. */
    static String anchors(Invitation invitation) {
        return invitation.anchors().stream().map(Record::toString).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Returns the options of the agent, besides its device and its state. */
    static List<String> agentOptions(Invitation invitation, String anchorsFile) {
        List<String> options = new ArrayList<>(List.of("--zone", zone(invitation.names())));
        servers(invitation).forEach(server -> options.addAll(List.of("--dns", server.toString())));
        options.addAll(List.of("--members", anchorsFile));
        return options;
    }

    /** Returns the environment of the agent's unit. */
    static String agentEnvironment(Invitation invitation, String anchorsFile) {
        return "# By \"wgsd join\"; \"wgsd leave\" takes it back.\nWGSD_OPTIONS=\""
                + String.join(" ", agentOptions(invitation, anchorsFile)) + "\"\n";
    }

    /** Returns the settings of a registry, between lines by which they are found again. */
    static String registry(Invitation invitation, Places.Files files) {
        return begin(files) + "\n[[registry]]\nzone = \"" + zone(invitation.names()) + "\"\ndevice = \""
                + files.device()
                + "\"\nstate = \"" + files.state() + "\"\nmembers = \"" + files.published()
                + "\"\nmembers-anchor = \"" + files.anchors() + "\"\nadd-members = true\n" + end(files) + "\n";
    }

    /** Returns a configuration of registries without what {@link #registry} has added. */
    static String withoutRegistry(String text, Places.Files files) {
        int first = text.indexOf(begin(files) + "\n");
        int last = text.indexOf(end(files) + "\n");
        return first < 0 || last < first
                ? text
                : text.substring(0, first) + text.substring(last + end(files).length() + 1);
    }

    private static String begin(Places.Files files) {
        return "# By \"wgsd join\" for " + files.device() + "; \"wgsd leave\" takes it back.";
    }

    private static String end(Places.Files files) {
        return "# Until here by \"wgsd join\" for " + files.device() + ".";
    }

    static String zone(DnsSdNames names) {
        return names.origin().toString(true);
    }

    /** Returns the addresses at which the registries answer. */
    static List<IpAddress> servers(Invitation invitation) {
        return invitation.registries().stream()
                .map(registry -> registry.addresses().get(0))
                .toList();
    }

    private static String allowedIps(Invitation invitation, Member registry) {
        return permitted(invitation, registry).map(IpPrefix::toString).collect(Collectors.joining(", "));
    }

    /** Returns what a registry gets: its own addresses, and nothing else outside of the network's ranges. */
    private static Stream<IpPrefix> permitted(Invitation invitation, Member registry) {
        return registry.allowedIps().stream()
                .filter(prefix ->
                        isAddress(prefix) || rangeOf(invitation, prefix).isPresent());
    }

    /** Returns all that the host sends to the device once it is up: the network's ranges, and what is outside of them. */
    static Stream<IpPrefix> routes(Invitation invitation) {
        Stream<IpPrefix> registries =
                invitation.registries().stream().flatMap(registry -> permitted(invitation, registry));
        return Stream.of(
                        invitation.ranges().stream(),
                        invitation.host().allowedIps().stream().filter(HostFiles::isAddress),
                        registries)
                .flatMap(each -> each)
                .distinct();
    }

    /** Returns the host's addresses with the lengths of their ranges, so that the system routes these to the device. */
    private static String addresses(Invitation invitation, Member host) {
        return host.allowedIps().stream()
                .filter(HostFiles::isAddress)
                .map(prefix -> prefix.network() + "/"
                        + rangeOf(invitation, prefix).orElse(prefix).length())
                .collect(Collectors.joining(", "));
    }

    private static Optional<IpPrefix> rangeOf(Invitation invitation, IpPrefix prefix) {
        return invitation.ranges().stream()
                .filter(range -> range.length() <= prefix.length() && range.contains(prefix.network()))
                .findFirst();
    }

    private static boolean isAddress(IpPrefix prefix) {
        return prefix.length() == prefix.network().bitLength();
    }
}
