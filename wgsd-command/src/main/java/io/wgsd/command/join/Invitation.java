package io.wgsd.command.join;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import io.wgsd.members.Member;
import io.wgsd.members.MemberRole;
import io.wgsd.members.MembersZone;
import io.wgsd.members.Reservation;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What a host needs to become a member, as the words behind {@code wgsd join}; there is no secret in it.
 *
 * @param names the names of the registry's zone
 * @param host what is kept for the host, and until when
 * @param ranges the network's ranges
 * @param registries the network's registries, each as a member
 * @param anchors the keys of the network's owner
 */
public record Invitation(
        DnsSdNames names, Reservation host, List<IpPrefix> ranges, List<Member> registries, List<Record> anchors) {

    private static final int MAX_WORDS = 128;
    private static final int MAX_LENGTH = 64 * 1024;
    private static final String COMMAND = "join";
    private static final Set<String> REPEATED = Set.of("registry", "anchor");
    private static final Set<String> ALL =
            Set.of("zone", "name", "allowed", "endpoint", "range", "registry", "anchor", "until");
    private static final PublicKey ANY = PublicKey.of(new byte[PublicKey.LENGTH]);

    /** Returns what the host is besides its key. */
    Member member(PublicKey key) {
        return host.host(key);
    }

    /** Returns whether the host is to be a registry. */
    boolean isForRegistry() {
        return member(ANY).role() == MemberRole.REGISTRY;
    }

    /** Returns the words. */
    List<String> words() {
        Member member = member(ANY);
        List<String> words = new ArrayList<>();
        words.add("zone=" + names.origin().toString(true));
        words.add("name=" + member.name());
        words.add("allowed=" + joined(member.allowedIps()));
        if (!member.endpoints().isEmpty()) {
            words.add("endpoint=" + joined(member.endpoints()));
        }
        if (!ranges.isEmpty()) {
            words.add("range=" + joined(ranges));
        }
        for (Member registry : registries) {
            words.add("registry=" + registry.name() + "," + registry.publicKey() + ","
                    + registry.endpoints().get(0) + "," + joined(registry.allowedIps()));
        }
        anchors.forEach(anchor -> words.add("anchor=" + Type.string(anchor.getType()) + ","
                + anchor.rdataToString().replace(' ', ',')));
        words.add("until=" + host.until());
        return words;
    }

    /**
     * Returns a configuration that any WireGuard app reads, for a host on which nothing else runs.
     *
     * @param key the host's private key, which will be in it
     * @param resolver the name server for all names, those of the network among them; empty for none
     * @return the text, which the caller wipes
     */
    public byte[] configuration(SecretKey key, Optional<IpAddress> resolver) {
        return HostFiles.app(this, key, resolver);
    }

    /** Returns the command line that the host runs. */
    public String line() {
        return Stream.concat(Stream.of("wgsd " + COMMAND), words().stream().map(Invitation::quoted))
                .collect(Collectors.joining(" "));
    }

    /** Reads a file with such a line. */
    static Invitation parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new FormatException("invitation", text, "is longer than " + MAX_LENGTH + " characters");
        }
        List<String> words = Stream.of(text.replace("'", "").strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        int command = words.indexOf(COMMAND);
        return parse(words.subList(command + 1, words.size()));
    }

    /** Reads the words in any order. */
    static Invitation parse(List<String> words) {
        if (words.size() > MAX_WORDS) {
            throw new FormatException("invitation", words.get(0), "has more than " + MAX_WORDS + " words");
        }
        Map<String, List<String>> values = new HashMap<>();
        for (String word : words) {
            String name = word.substring(0, Math.max(0, word.indexOf('=')));
            if (!ALL.contains(name)) {
                throw new FormatException("invitation", word, "must be what wgsd member invite has printed");
            }
            List<String> before = values.computeIfAbsent(name, each -> new ArrayList<>());
            if (!before.isEmpty() && !REPEATED.contains(name)) {
                throw new FormatException("invitation", word, "is there twice");
            }
            before.add(word.substring(name.length() + 1));
        }
        // The last word, so that it shows whether all were pasted.
        Instant until = until(only(values, "until"));
        DnsSdNames names = DnsSdNames.parse(only(values, "zone"));
        List<Endpoint> endpoints = list(values, "endpoint", Endpoint::parse);
        Reservation host = Reservation.of(
                only(values, "name"),
                member -> {
                    member.allowedIps(list(values, "allowed", IpPrefix::parse));
                    member.role(endpoints.isEmpty() ? MemberRole.MEMBER : MemberRole.REGISTRY);
                    endpoints.forEach(member::endpoint);
                },
                until);
        if (host.host(ANY).addresses().isEmpty()) {
            throw new FormatException("invitation", host.name(), "has no address of its own, as 10.0.0.2/32 is one");
        }
        List<Member> registries = values.getOrDefault("registry", List.of()).stream()
                .map(Invitation::registry)
                .toList();
        if (registries.isEmpty() && endpoints.isEmpty()) {
            throw missing("registry");
        }
        DnsSdNames members = MembersZone.names(names);
        List<Record> anchors = values.getOrDefault("anchor", List.of()).stream()
                .map(text -> anchor(members, text))
                .toList();
        if (anchors.isEmpty()) {
            throw missing("anchor");
        }
        List<IpPrefix> ranges = values.getOrDefault("range", List.of()).equals(List.of(""))
                ? List.of()
                : list(values, "range", IpPrefix::parse);
        return new Invitation(names, host, checked(ranges), registries, anchors);
    }

    /** No network takes over all that a host sends: that would be another thing than to be a member. */
    private static List<IpPrefix> checked(List<IpPrefix> ranges) {
        Device.Builder device = Device.builder(COMMAND, DeviceKind.USERSPACE);
        device.peer(Peer.builder(ANY).allowedIps(ranges).build());
        if (ranges.stream().anyMatch(IpPrefix::isDefaultRoute)
                || !CryptokeyRouting.of(device.build()).waysToEverywhere().isEmpty()) {
            throw new FormatException(
                    "range", joined(ranges), "is all addresses; the network's own are needed, as in 10.0.0.0/24");
        }
        return ranges;
    }

    private static Member registry(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length < 4) {
            throw new FormatException("registry", text, "must be a name, a key, an endpoint and prefixes");
        }
        Member.Builder registry = Member.builder(PublicKey.parse(parts[1]), parts[0])
                .role(MemberRole.REGISTRY)
                .endpoint(Endpoint.parse(parts[2]));
        for (int i = 3; i < parts.length; i++) {
            registry.allowedIp(IpPrefix.parse(parts[i]));
        }
        Member member = registry.build();
        if (member.addresses().isEmpty()) {
            throw new FormatException("registry", text, "needs an address at which it answers, as in 10.0.0.254/32");
        }
        return member;
    }

    private static Record anchor(DnsSdNames members, String text) {
        List<Record> parsed = TrustAnchors.parse(members, members.origin() + " " + text.replace(',', ' '));
        if (parsed.size() != 1) {
            throw new FormatException("anchor", text, "must be one record");
        }
        return parsed.get(0);
    }

    private static Instant until(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new FormatException("until", text, "must be when the invitation ends, as in 2030-01-31T12:00:00Z");
        }
    }

    private static String only(Map<String, List<String>> values, String name) {
        List<String> all = values.getOrDefault(name, List.of());
        if (all.isEmpty()) {
            throw missing(name);
        }
        return all.get(0);
    }

    private static <T> List<T> list(Map<String, List<String>> values, String name, Function<String, T> parser) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(parser)
                .toList();
    }

    private static FormatException missing(String name) {
        return new FormatException(
                "invitation", name + "=", "is missing; paste the whole line, which ends with until=");
    }

    private static String joined(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /** Protects what shells take for something else, as the brackets of an IPv6 endpoint. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_=,./:+@-]+") ? word : "'" + word + "'";
    }
}
