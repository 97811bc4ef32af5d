package io.wgsd.server.zone;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.NameServer;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.members.PeerNames;
import io.wgsd.model.IpAddress;
import io.wgsd.server.nat.NatSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamesInUseTest {

    private static final ZoneOptions OPTIONS = ZoneOptions.builder(NAMES)
            .nameServer(new NameServer(name("Dns.example.com"), List.of(IpAddress.parse("192.0.2.1"))))
            .nameServer(new NameServer(name("deep.er.example.com"), List.of(IpAddress.parse("192.0.2.2"))))
            .nameServer(new NameServer(name("ns.example.net"), List.of()))
            .build();

    private final List<String> notices = new ArrayList<>();
    private final NamesInUse names = new NamesInUse(settings(PeerNames.of(Map.of(ALICE, "alice"))), notices::add);

    @Test
    void membersHaveTheirNamesAsFarAsTheRegistryWasNotToldOthers() {
        names.nameMembers(PeerNames.of(Map.of(ALICE, "laptop", BOB, "bob")));

        assertThat(names.all().asMap()).isEqualTo(Map.of(ALICE, "alice", BOB, "bob"));
        assertThat(names.takeChanged()).isTrue();
        assertThat(names.takeChanged()).isFalse();
    }

    @Test
    void otherSettingsHaveOtherNames() {
        names.nameMembers(PeerNames.of(Map.of(BOB, "bob")));

        names.reconfigure(settings(PeerNames.of(Map.of(BOB, "robert"))));

        assertThat(names.all().asMap()).isEqualTo(Map.of(BOB, "robert"));
    }

    @Test
    void onlyServersRightBelowTheZoneHaveNamesOfPeers() {
        assertThat(NamesInUse.ofServers(OPTIONS)).containsExactly("dns");
    }

    @Test
    void aMemberDoesNotGetTheNameOfAServer() {
        names.nameMembers(PeerNames.of(Map.of(BOB, "dns")));

        assertThat(names.all().asMap()).isEqualTo(Map.of(ALICE, "alice"));
        assertThat(notices).hasSize(1).first().asString().contains("dns", "give these members or the servers other");
    }

    private static ZoneSettings settings(PeerNames own) {
        return new ZoneSettings(
                OPTIONS,
                Advertiser.ofAllPeers(),
                new ZoneSigning(Optional.empty()),
                Map::of,
                NatSettings.none(),
                own,
                Optional.empty());
    }
}
