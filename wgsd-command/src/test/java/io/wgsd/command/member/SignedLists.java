package io.wgsd.command.member;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.members.Member;
import io.wgsd.members.MembersSigner;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.Network;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Record;

/** Lists that an owner has signed, each with one member more than the one before. */
final class SignedLists {

    static final DnsSdNames NAMES = DnsSdNames.parse("example.com");

    private final SigningKey owner =
            SigningKey.generate(MembersZone.names(NAMES), SigningAlgorithm.ED25519, Instant.EPOCH);
    private final MembersSigner signer = new MembersSigner(List.of(owner), MembersSigner.VALIDITY);
    final MembersVerifier verifier = new MembersVerifier(NAMES, List.of(owner.dnskey()));

    private List<Record> last = List.of();
    private List<Record> before = List.of();
    private Network network = Network.of(NAMES, List.of(), List.of());

    List<Record> anchors() {
        return List.of(owner.dnskey());
    }

    /** Signs the next list at a time. */
    VerifiedNetwork next(Instant now) throws UnfitZoneException {
        int number = network.members().size() + 1;
        byte[] key = new byte[PublicKey.LENGTH];
        key[0] = (byte) number;
        network = network.with(Member.builder(PublicKey.of(key), "host" + number)
                .allowedIp(IpPrefix.parse("10.0.0." + number + "/32"))
                .build());
        before = last;
        last = signer.sign(network, last, now);
        return verifier.verify(last);
    }

    /** Returns the difference between the last two lists. */
    ZoneDiff change() {
        List<Record> removed = new ArrayList<>(before);
        removed.removeAll(last);
        List<Record> added = new ArrayList<>(last);
        added.removeAll(before);
        return new ZoneDiff(removed, added);
    }
}
