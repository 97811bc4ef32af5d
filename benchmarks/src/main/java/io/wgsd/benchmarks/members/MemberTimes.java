package io.wgsd.benchmarks.members;

import io.wgsd.benchmarks.Figures;
import io.wgsd.benchmarks.Samples;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.members.MadePeers;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.Membership;
import io.wgsd.members.MembershipPlan;
import io.wgsd.members.MembershipPolicy;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.Record;

/**
 * How long an agent takes from the records of a members' zone to the change of its device, and how much memory that
 * leaves: for a first list in a process that has just begun and in one that has done it before, and for a list that
 * differs from the one before by one member, on a device that has all others.
 */
final class MemberTimes {

    private MemberTimes() {}

    /**
     * Prints lines of a table.
     *
     * @param arguments the zone above, the signed zone's file, the file of anchors, how many rounds, and the file of the
     *     zone that was signed before
     */
    public static void main(String[] arguments) throws Exception {
        DnsSdNames names = DnsSdNames.parse(arguments[0]);
        List<Record> records = read(names, arguments[1]);
        List<Record> earlier = read(names, arguments[4]);
        ZoneDiff forth = difference(earlier, records);
        ZoneDiff back = difference(records, earlier);
        MembersVerifier verifier =
                new MembersVerifier(names, TrustAnchors.read(MembersZone.names(names), Path.of(arguments[2])));
        MembershipPolicy policy = MembershipPolicy.builder().build();
        int rounds = Integer.parseInt(arguments[3]);
        double[] first = new double[rounds];
        long before = used();
        Membership membership = null;
        for (int i = 0; i < rounds; i++) {
            long began = System.nanoTime();
            membership = Membership.of(policy, verifier.verify(records));
            MembershipPlan plan =
                    plan(membership, Device.builder("wg0", DeviceKind.USERSPACE).build(), MadePeers.none());
            first[i] = System.nanoTime() - began;
            require(plan.change().peers().size() > 1);
        }
        long kept = used() - before;
        if (membership == null) {
            throw new IllegalArgumentException("at least one round is needed");
        }
        double[] verifying = new double[rounds];
        double[] whole = new double[rounds];
        VerifiedNetwork now = membership.network();
        for (int i = 0; i < rounds; i++) {
            Device device = device(now);
            MadePeers made = madeOf(now, policy);
            long began = System.nanoTime();
            now = verifier.verify(now, i % 2 == 0 ? back : forth);
            verifying[i] = System.nanoTime() - began;
            MembershipPlan plan = plan(Membership.of(policy, now), device, made);
            whole[i] = System.nanoTime() - began;
            require(!plan.change().peers().isEmpty());
        }
        print("an agent verifies the list and decides, in a new process", first[0]);
        print("the same, in a process that runs", Samples.of(first).median());
        print("the same after one change, the first time", whole[0]);
        print("the same after one change", Samples.of(whole).median());
        print("of that, to verify it", Samples.of(verifying).median());
        System.out.println("| memory for that, besides the records | " + kept / 1_000_000 + " MB |");
    }

    private static List<Record> read(DnsSdNames names, String file) throws IOException {
        return ZoneFile.parse(MembersZone.names(names).origin(), Files.readAllBytes(Path.of(file)));
    }

    private static ZoneDiff difference(List<Record> earlier, List<Record> later) {
        Set<Record> old = new HashSet<>(earlier);
        Set<Record> fresh = new HashSet<>(later);
        return new ZoneDiff(
                earlier.stream().filter(record -> !fresh.contains(record)).toList(),
                later.stream().filter(record -> !old.contains(record)).toList());
    }

    private static Device device(VerifiedNetwork network) {
        Device.Builder device = Device.builder("wg0", DeviceKind.USERSPACE);
        network.network()
                .members()
                .forEach(member -> device.peer(Peer.builder(member.publicKey())
                        .allowedIps(member.allowedIps())
                        .build()));
        return device.build();
    }

    /** Returns what was made on a device that has all members. */
    private static MadePeers madeOf(VerifiedNetwork network, MembershipPolicy policy) {
        return plan(
                        Membership.of(policy, network),
                        Device.builder("wg0", DeviceKind.USERSPACE).build(),
                        MadePeers.none())
                .made();
    }

    private static MembershipPlan plan(Membership membership, Device device, MadePeers made) {
        return membership.plan(device, Instant.now(), made, Set.of());
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("the members do not become the peers that were expected");
        }
    }

    private static void print(String what, double nanos) {
        System.out.println("| " + what + " | " + Figures.time(nanos) + " |");
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
