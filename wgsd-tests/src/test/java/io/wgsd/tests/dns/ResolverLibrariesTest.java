package io.wgsd.tests.dns;

import static io.wgsd.tests.lab.LabNetwork.ZONE;
import static io.wgsd.tests.lab.LabNetwork.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.lab.Unbound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Resolver libraries of languages and systems find a peer by its names without {@code =}; caching resolvers find a new
 * one.
 */
@Timeout(180)
class ResolverLibrariesTest {

    private static final String REGISTRY = "127.0.0.1";
    private static final String UNBOUND = "127.0.0.3";
    private static final String UNPADDED = instance(1).replace("=", "");
    private static final String HOST = instance(1).replaceAll("=.*", "." + ZONE);

    @TempDir
    private static Path directory;

    private static LabNetwork network;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        network = LabNetwork.up(directory);
        LabNetwork.configure(network.wireGuard(), "07".repeat(32), 1, 1);
        network.addAddress(UNBOUND);
        network.wgsd("registry", "--zone=" + ZONE, "--device=wg0", "--listen=127.0.0.1:53")
                .awaitLine("ready");
        network.await(REGISTRY, UNPADDED, "SRV", answer -> answer.contains("1025"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void jndiFindsServiceAndText() throws Exception {
        String program = write("Lookup.java", """
                import javax.naming.directory.*;
                class Lookup {
                    public static void main(String[] name) throws Exception {
                        var environment = new java.util.Hashtable<String, String>();
                        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
                        environment.put("java.naming.provider.url", "dns://127.0.0.1");
                        // Of several types at once it makes a question for ANY, which has one of them for its answer
                        // (RFC 8482).
                        for (String type : new String[] {"SRV", "TXT"}) {
                            System.out.println(new InitialDirContext(environment)
                                    .getAttributes(name[0], new String[] {type}));
                        }
                    }
                }
                """);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(run(java, program, UNPADDED)).contains("0 0 1025 " + HOST, "pub=");
    }

    @Test
    void goFindsServiceAndText() throws Exception {
        assumeInstalled("go");
        String program = write("lookup.go", """
                package main
                import ("context"; "fmt"; "net"; "os")
                func main() {
                    resolver := &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
                        return (&net.Dialer{}).DialContext(ctx, network, "127.0.0.1:53")
                    }}
                    _, services, err := resolver.LookupSRV(context.Background(), "", "", os.Args[1])
                    for _, each := range services { fmt.Println(each.Port, each.Target) }
                    texts, err2 := resolver.LookupTXT(context.Background(), os.Args[1])
                    fmt.Println(err, texts, err2)
                }
                """);
        assertThat(run("env", "HOME=" + directory, "GO111MODULE=off", "go", "run", program, UNPADDED))
                .contains("1025 " + HOST, "pub=");
    }

    @Test
    void nodeFindsServiceAndText() throws Exception {
        assumeInstalled("node");
        String program = """
                const { Resolver } = require('dns').promises;
                const resolver = new Resolver();
                resolver.setServers(['127.0.0.1']);
                (async () => {
                    const name = process.argv[1].replace(/[.]$/, '');
                    const [srv] = await resolver.resolveSrv(name);
                    console.log(srv.port, srv.name, JSON.stringify(await resolver.resolveTxt(name)));
                    console.log(await resolver.resolve4(srv.name));
                })();
                """;
        assertThat(run("node", "-e", program, UNPADDED))
                .contains("1025 " + HOST.replaceAll("[.]$", ""), "pub=", "203.0.113.1");
    }

    /** By what getaddrinfo and WireGuard's own {@code Endpoint} lines use. */
    @Test
    void theCLibraryFindsTheHost() throws Exception {
        assertThat(withResolver("getent", "ahostsv4", HOST)).contains("203.0.113.1");
    }

    @Test
    void theCLibraryFindsTheService() throws Exception {
        assumeInstalled("python3");
        String program = """
                import ctypes, sys
                library = ctypes.CDLL('libresolv.so.2')
                query = getattr(library, 'res_query', None) or library.__res_query
                answer = ctypes.create_string_buffer(4096)
                print(query(sys.argv[1].encode(), 1, 33, answer, 4096) > 0, (1025).to_bytes(2, 'big') in answer.raw)
                """;
        assertThat(withResolver("python3", "-c", program, UNPADDED)).contains("True True");
    }

    /** With a TTL of 0 Unbound would have no answer to put in the place of the denial. */
    @Test
    void aDenialIsNotKeptByAResolverThatServesWhatIsExpired() throws Exception {
        Unbound.start(
                network,
                directory,
                UNBOUND,
                REGISTRY,
                "domain-insecure: \"example.com.\"\n    serve-expired: yes\n    serve-expired-reply-ttl: 1");
        network.await(UNBOUND, ZONE, "SOA", answer -> answer.startsWith("ns1."));
        String late = instance(2);
        assertThat(run("dig", "@" + UNBOUND, late, "SRV")).contains("NXDOMAIN");

        LabNetwork.configure(network.wireGuard(), "07".repeat(32), 2, 1);

        network.await(REGISTRY, late, "SRV", answer -> answer.contains("1026"));
        network.await(UNBOUND, late, "SRV", answer -> answer.contains("1026"));
    }

    private static void assumeInstalled(String program) throws IOException, InterruptedException {
        Process found = new ProcessBuilder("sh", "-c", "command -v " + program).start();
        assumeTrue(found.waitFor(10, TimeUnit.SECONDS) && found.exitValue() == 0, program + " is not installed here");
    }

    private static String withResolver(String... command) throws IOException, InterruptedException {
        String configuration = write("resolv.conf", "nameserver " + REGISTRY + "\n");
        List<String> all = new ArrayList<>(List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind " + configuration + " /etc/resolv.conf && exec \"$@\"",
                "sh"));
        all.addAll(List.of(command));
        return run(all.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        return network.run(command).output();
    }

    private static String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
