package io.wgsd.tests.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.backend.uapi.UapiPeerSourceProvider;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.contract.WireGuardGo;
import io.wgsd.testkit.memory.MemoryWireGuard;
import io.wgsd.tests.lab.UapiSocket;
import io.wgsd.tests.process.Program.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project outside of this repository embeds the library, with nothing but installed artifacts. */
@Tag("runtime")
class EmbeddingTest {

    /** Older runtimes deny it to no one. */
    private static final boolean CAN_BE_DENIED = Runtime.version().feature() >= 24;

    private static final String WITHOUT_NATIVE_ACCESS = CAN_BE_DENIED ? "--illegal-native-access=deny" : "-Xshare:auto";

    private static final String MAIN = "com.example.peers.ListPeers";
    private static final String KEY = "xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=";
    private static final String PEER =
            "public_key=" + PublicKey.parse(KEY).toHex() + "\nendpoint=192.0.2.1:51820\nallowed_ip=10.0.0.1/32\n";

    /**
     * JNR's modules, which nothing requires, so that they may be left out; all other automatic modules come with the
     * first.
     */
    private static final String ADD_JNR = "--add-modules=org.jnrproject.unixsocket,org.objectweb.asm";

    private static final Result LISTED = Result.done("wg0: " + KEY + " at 192.0.2.1:51820 has [10.0.0.1/32]\n");

    @TempDir
    private static Path outside;

    private static EmbeddingProject project;

    @TempDir
    private Path sockets;

    @BeforeAll
    static void build() throws Exception {
        project = EmbeddingProject.build(
                "embedding",
                PackagedModules.require(PeerSource.class, UapiPeerSourceProvider.class, MemoryWireGuard.class),
                outside);
    }

    @Test
    void itsOwnTestsRunOnTheTestkit() throws Exception {
        assertThat(Files.readString(project.target("surefire-reports/com.example.peers.ListPeersTest.txt")))
                .contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
    }

    @Test
    void onTheClassPathItFindsTheBackendAndListsPeers() throws Exception {
        try (UserspaceDevice device = UserspaceDevice.listen(sockets.resolve("wg0.sock"), PEER)) {
            assertThat(onTheClassPath()).isEqualTo(LISTED);
        }
    }

    @Test
    void onTheModulePathItListsPeersByJnrToo() throws Exception {
        try (UserspaceDevice device = UserspaceDevice.listen(sockets.resolve("wg0.sock"), PEER)) {
            assertThat(onTheModulePath(List.of(ADD_JNR, "--enable-native-access=org.jnrproject.jffi"), "jnr"))
                    .isEqualTo(LISTED);
        }
    }

    @Test
    void itListsThePeersOfARealWireGuard() throws Exception {
        try (WireGuardGo wireGuard = WireGuardGo.start(sockets, "wg0")) {
            UapiSocket.set(sockets.resolve("wg0.sock"), PEER);

            assertThat(onTheClassPath()).isEqualTo(LISTED);
        }
    }

    @Test
    void onTheModulePathItNeedsNoNativeAccess() throws Exception {
        try (UserspaceDevice device = UserspaceDevice.listen(sockets.resolve("wg0.sock"), PEER)) {
            assertThat(onTheModulePath(List.of(WITHOUT_NATIVE_ACCESS))).isEqualTo(LISTED);
        }
    }

    @Test
    void onTheModulePathTheErrorSaysWhichModuleOfJnrNeedsNativeAccess() throws Exception {
        Result result = onTheModulePath(List.of(ADD_JNR, WITHOUT_NATIVE_ACCESS), "jnr");

        if (CAN_BE_DENIED) {
            assertThat(result.status()).isEqualTo(1);
            assertThat(result.output()).contains("start java with --enable-native-access=org.jnrproject.jffi");
        } else {
            assertThat(result).isEqualTo(Result.done(""));
        }
    }

    @Test
    void onTheModulePathTheErrorSaysHowToAddJnrsModules() throws Exception {
        Result result = onTheModulePath(List.of(), "jnr");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output())
                .contains("jnr-unixsocket is not there")
                .contains("start java with --add-modules org.jnrproject.unixsocket,org.objectweb.asm");
    }

    @Test
    void nothingReachesItButWhatTheApiAndTheBackendNeed() throws Exception {
        String api = "wgsd-api commons-codec dnsjava jspecify slf4j-api ";
        String backend = "wgsd-backend-uapi jnr-unixsocket jnr-constants jnr-enxio jnr-ffi jnr-posix jffi jffi-native ";
        String jnrCode = "jnr-a64asm jnr-x86asm asm asm-analysis asm-commons asm-tree asm-util ";
        try (Stream<Path> jars = Files.list(project.lib())) {
            assertThat(jars.map(EmbeddingTest::nameOf))
                    .containsExactlyInAnyOrder((api + backend + jnrCode + "peers").split(" "));
        }
    }

    /** Returns a jar's name without its version. */
    private static String nameOf(Path jar) {
        return jar.getFileName()
                .toString()
                .replaceFirst("-\\d+([.]\\d+)*(-SNAPSHOT)?", "")
                .replaceFirst("[.]jar$", "");
    }

    private Result onTheClassPath() throws Exception {
        return project.java(
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                project.lib().resolve("*").toString(),
                MAIN,
                sockets.toString());
    }

    private Result onTheModulePath(List<String> options, String... transport) throws Exception {
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of(
                "--module-path",
                project.lib().toString(),
                "--module",
                "com.example.peers/" + MAIN,
                sockets.toString()));
        words.addAll(List.of(transport));
        return project.java(words.toArray(String[]::new));
    }
}
