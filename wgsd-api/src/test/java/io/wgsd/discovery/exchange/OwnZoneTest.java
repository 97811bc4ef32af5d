package io.wgsd.discovery.exchange;

import static io.wgsd.discovery.exchange.ScriptedResponse.name;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Which server's denial counts. */
class OwnZoneTest {

    private static final Name PEER = name("peer._wireguard._udp.vpn.example.com.");

    private final OwnZone zone = new OwnZone(name("vpn.example.com."));

    @ParameterizedTest
    @ValueSource(strings = {"vpn.example.com.", "VPN.Example.COM.", "_udp.vpn.example.com."})
    void aDenialWithTheZonesSoaOrThatOfAPartIsItsOwn(String owner) {
        assertThat(zone.objection(nxdomain().soa(name(owner)).message())).isNull();
        assertThat(zone.objection(nodata().soa(name(owner)).message())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "com.", "example.com.", "vpn.example.org.", "xvpn.example.com."})
    void aDenialWithAnothersSoaIsAStrangers(String owner) {
        assertThat(zone.objection(nxdomain().soa(name(owner)).message())).contains("SOA of \"" + owner + "\"");
        assertThat(zone.objection(nodata().recursionAvailable().soa(name(owner)).message()))
                .contains("nothing of that type", "SOA of \"" + owner + "\"");
    }

    @Test
    void thatANameDoesNotExistNeedsTheSoa() {
        assertThat(zone.objection(nxdomain().message())).contains("without the SOA of \"vpn.example.com.\"");
        assertThat(zone.objection(nxdomain().recursionAvailable().message())).isNotNull();
    }

    @Test
    void aResolverMayLeaveTheSoaOutWhereTheNameExists() {
        assertThat(zone.objection(nodata().recursionAvailable().message())).isNull();
        assertThat(zone.objection(nodata().message())).isNotNull();
    }

    @Test
    void anAnswerNeedsNone() {
        assertThat(zone.objection(nodata().answer(ScriptedResponse.address(PEER, "192.0.2.1"))
                        .message()))
                .isNull();
    }

    @Test
    void anAliasThatLeadsNowhereIsTheZones() {
        assertThat(zone.objection(nxdomain()
                        .answer(ScriptedResponse.cname(PEER, name("gone.example.net.")))
                        .message()))
                .isNull();
    }

    @Test
    void namesOfOtherZonesAreNotJudged() {
        assertThat(zone.objection(response(name("host.example.net."), Type.A)
                        .rcode(Rcode.NXDOMAIN)
                        .message()))
                .isNull();
    }

    @Test
    void recordsOfAParentZoneAboutItsChildrenAreNotJudged() {
        assertThat(zone.objection(response(name("vpn.example.com."), Type.DS)
                        .soa(name("example.com."))
                        .message()))
                .isNull();
    }

    private static ScriptedResponse nxdomain() {
        return nodata().rcode(Rcode.NXDOMAIN);
    }

    private static ScriptedResponse nodata() {
        return response(PEER, Type.SRV);
    }

    private static ScriptedResponse response(Name name, int type) {
        return ScriptedResponse.to(Message.newQuery(Record.newRecord(name, type, DClass.IN)));
    }
}
