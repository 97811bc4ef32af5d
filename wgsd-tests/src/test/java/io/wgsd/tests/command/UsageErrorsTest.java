package io.wgsd.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake of the user ends with one line that says what, where and what to do, and an exit status. */
@Tag("runtime")
class UsageErrorsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            show nosuch0 | 1 | no device "nosuch0": /
            show a/b | 2 | device name "a/b": must be
            show --backend carrier-pigeon | 1 | the backend "carrier-pigeon" is unavailable: no backend of that name
            client --device nosuch0 --dns 127.0.0.1:1 --zone example.com | 1 | no device "nosuch0": /
            client --device nosuch0 --dns 127.0.0.1:1 --zone a..b | 2 | zone "a..b": must be a domain name
            client --device nosuch0 --dns 127.0.0.1:99999 --zone example.com | 2 | the port must be 1..65535
            client --device nosuch0 --dns 127.0.0.1:1 --zone example.com --keep x | 2 | public key "x": must be 32 bytes in base64
            client | 2 | Missing required options
            browse --dns 127.0.0.1:1 --zone example.com --timeout 1 | 1 | 127.0.0.1:1
            browse --dns 127.0.0.1:1 --zone example.com --signer /nosuch | 2 | /nosuch: there is no such file or directory
            browse --dns 127.0.0.1:1 --zone example.com --signer /dev/null | 2 | /dev/null: it is not a regular file
            browse --dns 127.0.0.1:1 --zone _wireguard._udp.example.com | 2 | is part of the service's name; give the zone
            explain | 2 | Missing required parameter: 'PEER'
            explain alice --status-dir /nosuch | 3 | no agent runs here, or it has another --status-dir
            explain a_b | 2 | "a_b" is neither a name nor a key; "wgsd status" lists the peers
            explain alice --device nosuch0 --dns 127.0.0.1:1 | 2 | --dns and --zone belong together
            explain alice --device nosuch0 | 1 | no device "nosuch0": /
            replay /nosuch | 1 | /nosuch: there is no such file or directory
            replay /etc/hostname | 1 | /etc/hostname is not the record of an agent: recorded line
            replay /etc | 1 | cannot read /etc as text; give the file that "wgsd agent --record" wrote
            registry --zone _wireguard._udp.example.com --device nosuch0 | 2 | give the zone that holds it: "example.com."
            registry --zone example.com --device nosuch0 --allow 10.0.0.0/40 | 2 | prefix "10.0.0.0/40": must be
            registry --zone example.com --device nosuch0 --allow-transfer 10.0.0.0/40 | 2 | prefix "10.0.0.0/40": must be
            registry --zone example.com --device nosuch0 --notify 10.0.0.53:0 | 2 | the port must be 1..65535
            registry --zone example.com --device nosuch0 --notify 10.0.0.53=other | 2 | --notify: no key "other"; give it by --allow-transfer-key
            registry --zone . --device nosuch0 | 2 | write a zone as in example.com
            registry --zone *.example.com --device nosuch0 | 2 | is a wildcard; write one name: "example.com."
            registry --zone example.com --device nosuch0 --ns ns_1.example.com | 2 | write "ns-1.example.com."
            registry --zone example.com --device nosuch0 --ns ns.example.net=192.0.2.1 | 2 | give the name alone
            registry --zone example.com --device nosuch0 --list-limit 525 | 2 | --list-limit must be 1..524
            registry --zone example.com --device nosuch0 --ttl 500ms | 2 | --ttl must be whole seconds
            registry --zone example.com --device nosuch0 --rate-limit -1 | 2 | --rate-limit must be 0..1000000, was -1
            registry --zone example.com --device nosuch0 --allow-key k:hmac-sha256 | 2 | a TSIG key must be NAME:ALGORITHM:FILE
            registry --zone example.com --device nosuch0 --sign /nosuch | 1 | there is no folder /nosuch with keys; "wgsd key new"
            registry --zone example.com --device nosuch0 --sign /nosuch --allow any | 2 | --sign with --allow needs --enumerate any
            key ds --zone example.com --dir /nosuch | 1 | there is no folder /nosuch with keys
            key roll --zone example.com --dir /tmp | 2 | there is no key for example.com. in /tmp yet
            key new --zone example.com --dir /nosuch --algorithm rsa | 2 | signing algorithm "rsa": must be ed25519 or p256
            key | 2 | Missing required subcommand
            registry --zone example.com --device nosuch0 --enumerate any | 2 | --enumerate needs --allow
            registry --zone example.com --device nosuch0 --update-to 192.0.2.53 | 2 | --update-to and --tsig need each other
            registry --zone example.com --device nosuch0 --update-to 192.0.2.53 --tsig a:hmac-sha256:/dev/null | 1 | /dev/null: it is not a regular file
            registry --zone example.com --device nosuch0 --update-to 192.0.2.53 --tsig a:hmac-sha256:/nosuch | 1 | there is no file /nosuch
            registry --zone example.com --device nosuch0 --update-to 192.0.2.53 --tsig a:hmac-sha256:/dev/null --update-lease 1 | 2 | must be 2s to 1d, was 1s
            registry --zone example.com --device nosuch0 --relay 192.0.2.1:443 | 2 | --relay needs --state
            registry --zone example.com --device nosuch0 --state /tmp --relay 192.0.2.1 | 2 | give both, as in --relay 192.0.2.1:443
            registry --zone example.com --device nosuch0 --state /tmp --relay 127.0.0.1:443 | 2 | is an address that no other host can send to
            registry --zone example.com --device nosuch0 --state /tmp --relay 192.0.2.1:1 --relay 192.0.2.2:2 | 2 | --relay must have the same port
            agent --device nosuch0 --dns 10.0.0.254 --zone example.com --tls relay:0 | 2 | --tls relay:0 is no host
            agent --device nosuch0 --dns 10.0.0.254 --zone example.com --tls relay --tls-pin sha256/abc | 2 | --tls-pin: "sha256/abc" is no pin of a key
            agent --device nosuch0 --dns 10.0.0.254 --zone example.com --tls-pin sha256/abc | 2 | --tls-pin needs --tls
            registry --zone example.com --device nosuch0 --tls 192.0.2.1:443 | 2 | --tls needs --relay
            registry --zone example.com --device nosuch0 --state /tmp --relay 192.0.2.1:443 --tls 192.0.2.1 | 2 | --tls 192.0.2.1 is no address with a port
            registry --zone example.com --device nosuch0 --tls-cert /nosuch --tls-key /nosuch | 2 | --tls-cert and --tls-key need --tls
            relay --zone example.com --dns 192.0.2.1 --state /tmp --listen 192.0.2.129:443 --tls 0.0.0.0:443 --tls-key /nosuch | 2 | --tls-cert and --tls-key belong together
            registry --zone example.com --device nosuch0 --relay-at 192.0.2.129=other | 2 | --relay-at: no key "other"; give it by --allow-transfer-key
            registry --zone example.com --device nosuch0 --relay-at 192.0.2.129:0 | 2 | the port must be 1..65535
            relay --zone example.com --dns 192.0.2.1 --state /tmp | 2 | Missing required option: '--listen=HOST:PORT'
            relay --zone a..b --dns 192.0.2.1 --state /tmp --listen 192.0.2.129:443 | 2 | zone "a..b": must be a domain name
            relay --zone example.com --dns 192.0.2.1 --state /tmp --listen 0.0.0.0:443 | 2 | --listen 0.0.0.0:443 is an address that no other host can send to
            relay --zone example.com --dns 192.0.2.1 --state /tmp --listen 192.0.2.129:443 --dns-listen 192.0.2.129 | 2 | --dns-listen needs --tsig or --allow-transfer
            relay --zone example.com --dns 192.0.2.1 --state /tmp --listen 192.0.2.129:443 --allow-transfer 192.0.2.1 | 2 | --allow-transfer needs --dns-listen
            relay --zone example.com --dns 192.0.2.1 --state /tmp --listen 192.0.2.129:443 --tsig a:hmac-sha256:/nosuch | 1 | there is no file /nosuch
            registry --zone example.com | 2 | Missing required option: '--device=DEVICE'
            registry --zone example.com --device nosuch0 --update-lease 1m | 2 | --update-lease needs --update-to
            registry --config /nosuch | 1 | cannot read the configuration file /nosuch: there is no such file or directory
            registry --config /etc | 1 | cannot read the configuration file /etc: it is a directory
            registry --zone example.com --device nosuch0 --max-age 5min | 2 | "5min" is not a time; write a whole number with ms, s, m, h or d
            browse --dns 127.0.0.1:1 --zone example.com --timeout 90m | 2 | --timeout must be 100ms to 1h, was 90m
            registry --zone example.com --device nosuch0 --http 10.0.0.1:80 | 2 | --http 10.0.0.1:80 is no loopback address
            registry --zone example.com --device nosuch0 --http [::]:80 | 2 | --http [::]:80 is no loopback address
            registry --zone example.com --device nosuch0 --http 127.0.0.1 | 2 | give both, as in --http 127.0.0.1:9586
            agent --zone example.com --device nosuch0 --dns 127.0.0.1:1 --peer-metrics | 2 | --peer-metrics needs --http
            browse --dns 127.0.0.1:1 --zone example.com --timeut 3s | 2 | did you mean --timeout?
            member list --dir /nosuch | 1 | there is no /nosuch/network.members; give the folder with --dir
            member init --zone example.com --range 10.0.0.0/33 --standby /nosuch | 2 | prefix "10.0.0.0/33"
            member | 2 | Missing required subcommand
            member invite alice --dir /nosuch | 1 | there is no /nosuch/network.members; give the folder with --dir
            join zone=example.com name=alice | 2 | invitation "until=": is missing; paste the whole line
            registry --zone example.com --device nosuch0 --add-members | 2 | --add-members needs --members, and --state
            member import /nosuch | 1 | cannot read the configuration for wg-quick /nosuch
            join /nosuch | 1 | cannot read the invitation /nosuch: there is no such file or directory
            join | 2 | Missing required parameter: 'INVITATION'
            leave --etc /nosuch | 1 | there is no /nosuch/wgsd/wgsd0.joined, where "wgsd join" notes what it makes
            leave --device a/b | 2 | device name "a/b"
            key new --zone example.com --dir /dev/null/keys | 1 | cannot make the folder of keys /dev/null/keys: /dev/null is not a directory
            regsitry --zone example.com | 2 | there is no command "regsitry"; did you mean "registry"?
            key ne | 2 | there is no command "ne"; did you mean "new"?
            fly | 2 | there is no command "fly"; there are registry,
            """)
    void aMistakeIsExplainedOnOneLine(String arguments, int status, String words)
            throws IOException, InterruptedException {
        Program.Result result = wgsd(arguments.strip().split(" +"));

        assertThat(result.output()).as("output").contains(words.strip()).doesNotContain("\tat ");
        assertThat(result.output().lines()).hasSize(1);
        assertThat(result.output()).startsWith("wgsd: ");
        assertThat(result.status()).isEqualTo(status);
    }

    @Test
    void withoutACommandTheUsageIsShown() throws IOException, InterruptedException {
        Program.Result result = wgsd();

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output()).startsWith("Usage: wgsd").contains("registry", "client", "browse", "show", "demo");
    }

    @Test
    void backendsAreExplained() throws IOException, InterruptedException {
        Program.Result result = wgsd("backends");

        assertThat(result.status()).isZero();
        assertThat(result.output()).startsWith("uapi: ");
    }

    @Test
    void theSimulatedDemoEndsWithADirectTunnel() throws IOException, InterruptedException {
        Program.Result result = wgsd("demo", "--simulated");

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("Alice and Bob talk directly.");
    }

    private static Program.Result wgsd(String... arguments) throws IOException, InterruptedException {
        Wgsd.require();
        return Program.run(LIMIT, new ProcessBuilder(Wgsd.command(arguments)));
    }
}
