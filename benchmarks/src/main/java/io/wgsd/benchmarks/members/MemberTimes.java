package io.wgsd.benchmarks.members;

import io.wgsd.benchmarks.Figures;
import io.wgsd.benchmarks.Samples;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.members.MadePeers;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.Membership;
import io.wgsd.members.MembershipPolicy;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.Record;

/**
 * How long an agent takes from all records of a members' zone to the change of its device, and how much memory that
 * leaves, first in a process that has just begun and then in one that has done it before.
 */
final class MemberTimes {

    private MemberTimes() {}

    /**
     * Prints lines of a table.
     *
     * @param arguments the zone above, the signed zone's file, the file of anchors, and how many rounds
     */
    public static void main(String[] arguments) throws Exception {
        DnsSdNames names = DnsSdNames.parse(arguments[0]);
        List<Record> records =
                ZoneFile.parse(MembersZone.names(names).origin(), Files.readAllBytes(Path.of(arguments[1])));
        MembersVerifier verifier =
                new MembersVerifier(names, TrustAnchors.read(MembersZone.names(names), Path.of(arguments[2])));
        Device device = Device.builder("wg0", DeviceKind.USERSPACE).build();
        double[] times = new double[Integer.parseInt(arguments[3])];
        long before = used();
        Membership membership = null;
        for (int i = 0; i < times.length; i++) {
            long began = System.nanoTime();
            membership = Membership.of(MembershipPolicy.builder().build(), verifier.verify(records));
            int peers = membership
                    .plan(device, Instant.now(), MadePeers.none(), Set.of())
                    .change()
                    .peers()
                    .size();
            times[i] = System.nanoTime() - began;
            if (peers == 0) {
                throw new IllegalStateException("no member becomes a peer");
            }
        }
        long kept = used() - before;
        System.out.println(
                "| an agent verifies the list and decides, in a new process | " + Figures.time(times[0]) + " |");
        System.out.println("| the same, in a process that runs | "
                + Figures.time(Samples.of(times).median()) + " |");
        System.out.println("| memory for that, besides the records | " + kept / 1_000_000 + " MB |");
        // So that it was still there to be counted.
        if (membership == null) {
            throw new IllegalArgumentException("at least one round is needed");
        }
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
