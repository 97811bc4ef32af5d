package io.wgsd.tests.dns;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code dig} is answered in the lab, by alice through the tunnel. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DigTest {

    private static final String HOST = "yutrled535igkl7bdlerl6m4vjxsxm3uqqpl4nmsn27mt56ad4ha";
    private static final String INSTANCE = HOST + "====._wireguard._udp.example.com.";
    private static final String SOA = "example.com. 1 IN SOA ns1.example.com. postmaster.example.com.";

    private RealLab lab;

    @BeforeAll
    void up() throws IOException, InterruptedException {
        lab = RealLab.up("--peers", "100");
        lab.registry("--self", "192.0.2.1:51820", "--self-allowed-ips", "10.0.0.254/32");
    }

    @AfterAll
    void down() throws IOException, InterruptedException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void theListOfPeersIsWholeOverTcp() throws IOException, InterruptedException {
        Answer answer = dig("_wireguard._udp.example.com", "PTR", "+tcp");

        assertThat(answer.status()).isEqualTo("NOERROR");
        assertThat(answer.section("ANSWER")).hasSize(103).contains("_wireguard._udp.example.com. 1 IN PTR " + INSTANCE);
        assertThat(answer.flags()).contains("aa").doesNotContain("tc");
    }

    @Test
    void theListOfPeersIsTruncatedWhereItDoesNotFit() throws IOException, InterruptedException {
        assertThat(dig("_wireguard._udp.example.com", "PTR", "+ignore").flags()).contains("tc");
    }

    @Test
    void aServiceComesWithItsAddressAndThenItsText() throws IOException, InterruptedException {
        Answer answer = dig(INSTANCE, "SRV");

        assertThat(answer.section("ANSWER"))
                .containsExactly(INSTANCE + " 1 IN SRV 0 0 41424 " + HOST + ".example.com.");
        assertThat(answer.section("ADDITIONAL")).hasSize(2);
        assertThat(answer.section("ADDITIONAL").get(0)).isEqualTo(HOST + ".example.com. 1 IN A 203.0.113.1");
        assertThat(answer.section("ADDITIONAL").get(1)).startsWith(INSTANCE + " 1 IN TXT \"txtvers=1\"");
    }

    @Test
    void aServiceComesWithItsAddressWithoutEdnsToo() throws IOException, InterruptedException {
        Answer answer = dig(INSTANCE, "SRV", "+noedns");

        assertThat(answer.flags()).doesNotContain("tc");
        assertThat(answer.section("ADDITIONAL").get(0)).isEqualTo(HOST + ".example.com. 1 IN A 203.0.113.1");
    }

    @Test
    void aTextHasTheKeyAndTheAllowedIps() throws IOException, InterruptedException {
        assertThat(dig(INSTANCE, "TXT").section("ANSWER"))
                .singleElement()
                .asString()
                .contains("\"txtvers=1\" \"pub=" + ALICE_KEY + "\" \"allowed=10.0.0.1/32\" \"since=");
    }

    @Test
    void anAddressIsGivenAtTheHostAndAtTheInstance() throws IOException, InterruptedException {
        assertThat(dig(HOST + ".example.com", "A").section("ANSWER"))
                .containsExactly(HOST + ".example.com. 1 IN A 203.0.113.1");
        assertThat(dig(INSTANCE, "A").section("ANSWER")).containsExactly(INSTANCE + " 1 IN A 203.0.113.1");
    }

    @Test
    void theOtherFamilysAddressIsNoData() throws IOException, InterruptedException {
        Answer answer = dig(HOST + ".example.com", "AAAA");

        assertThat(answer.status()).isEqualTo("NOERROR");
        assertThat(answer.section("ANSWER")).isEmpty();
        assertThat(answer.section("AUTHORITY")).singleElement().asString().startsWith(SOA);
    }

    @Test
    void theNameWithoutPaddingHasTheServiceToo() throws IOException, InterruptedException {
        assertThat(dig(HOST + "._wireguard._udp.example.com", "SRV").section("ANSWER"))
                .containsExactly(HOST + "._wireguard._udp.example.com. 1 IN SRV 0 0 41424 " + HOST + ".example.com.");
    }

    @Test
    void theApexHasItsSoaAndNameServer() throws IOException, InterruptedException {
        assertThat(dig("example.com", "SOA").section("ANSWER"))
                .singleElement()
                .asString()
                .startsWith(SOA);
        assertThat(dig("example.com", "NS").section("ANSWER"))
                .containsExactly("example.com. 3600 IN NS ns1.example.com.");
        assertThat(dig("ns1.example.com", "A").section("ANSWER"))
                .containsExactly("ns1.example.com. 3600 IN A 10.0.0.254");
    }

    @Test
    void anAbsentTypeIsNoData() throws IOException, InterruptedException {
        for (String name : List.of(INSTANCE, "_udp.example.com.", "_wireguard._udp.example.com.")) {
            Answer answer = dig(name, "MX");

            assertThat(answer.status()).isEqualTo("NOERROR");
            assertThat(answer.section("ANSWER")).isEmpty();
            assertThat(answer.section("AUTHORITY")).singleElement().asString().startsWith(SOA);
        }
    }

    @Test
    void anAbsentNameIsNxdomain() throws IOException, InterruptedException {
        Answer answer = dig("nobody.example.com", "A");

        assertThat(answer.status()).isEqualTo("NXDOMAIN");
        assertThat(answer.section("AUTHORITY")).singleElement().asString().startsWith(SOA);
    }

    @Test
    void anotherZoneIsRefused() throws IOException, InterruptedException {
        assertThat(dig("example.org", "A").status()).isEqualTo("REFUSED");
    }

    @Test
    void theQuestionIsEchoedInItsLetterCase() throws IOException, InterruptedException {
        Answer answer = dig(HOST.toUpperCase(Locale.ROOT) + ".eXample.COM", "A");

        assertThat(answer.status()).isEqualTo("NOERROR");
        assertThat(answer.section("QUESTION").get(0)).contains("eXample.COM.");
    }

    @Test
    void aHostOutsideTheTunnelIsRefused() throws IOException, InterruptedException {
        // From the registry's host to its public address, where the registry does not listen, nothing answers at all.
        assertThat(lab.exec("alice", "dig", "+time=1", "+tries=1", "@192.0.2.1", "example.com", "SOA")
                        .status())
                .isNotZero();
        assertThat(lab.exec("internet", "dig", "+time=1", "+tries=1", "@10.0.0.254", "example.com", "SOA")
                        .status())
                .isNotZero();
    }

    private Answer dig(String name, String type, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("dig", "@10.0.0.254", name, type));
        command.addAll(Arrays.asList(options));
        return new Answer(lab.exec("alice", command.toArray(String[]::new)).output());
    }

    /** What dig prints, by its headings. */
    private record Answer(String text) {

        String status() {
            return text.replaceAll("(?s).*status: ([A-Z]+),.*", "$1");
        }

        List<String> flags() {
            return List.of(
                    text.replaceAll("(?s).*\n;; flags: ([a-z ]*);.*", "$1").split(" "));
        }

        List<String> section(String name) {
            return text.lines()
                    .dropWhile(line -> !line.equals(";; " + name + " SECTION:"))
                    .skip(1)
                    .takeWhile(line -> !line.isBlank())
                    .map(line -> line.replaceAll("\\s+", " "))
                    .toList();
        }
    }
}
