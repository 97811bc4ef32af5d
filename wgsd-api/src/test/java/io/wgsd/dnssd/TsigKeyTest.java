package io.wgsd.dnssd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class TsigKeyTest {

    private static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=";
    private static final String STATEMENT =
            "key \"registry\" {\n\talgorithm hmac-sha256;\n\tsecret \"" + SECRET + "\";\n};\n";

    @Test
    void theSecretAloneAndTheStatementOfTsigKeygenAreTheSameKey() throws Exception {
        TsigKey bare = TsigKey.parse("registry", "hmac-sha256", (SECRET + "\n").getBytes(US_ASCII));
        TsigKey statement = TsigKey.parse("registry.", "HMAC-SHA256", STATEMENT.getBytes(US_ASCII));

        Message message = Message.newQuery(Record.newRecord(Name.fromString("example.com."), Type.SOA, DClass.IN));
        bare.toTsig().apply(message, null);
        byte[] wire = message.toWire();

        assertThat(statement.toTsig().verify(new Message(wire), wire, null)).isEqualTo(Rcode.NOERROR);
        assertThat(bare.name()).hasToString("registry.");
        assertThat(statement.algorithm()).isEqualTo("hmac-sha256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key registry {secret SECRET; algorithm hmac-sha256;};",
                "// for the registry\nkey \"registry.\" { # its name\n algorithm \"HMAC-SHA256.\"; /* key \"x\" {\n */ secret"
                        + " \"SECRET\"; };",
                "key other { algorithm hmac-sha256; secret \"AAAAAAAAAAAAAAAAAAAAAA==\"; };\n"
                        + "key registry { algorithm hmac-sha256; secret \"SECRET\"; };",
                "# hmac-sha256:registry:SECRET\nkey:\n  - id: registry\n    algorithm: hmac-sha256\n    secret: SECRET\n",
                "key:\n- id: other\n  algorithm: hmac-sha256\n  secret: AAAAAAAAAAAAAAAAAAAAAA==\n"
                        + "- id: \"registry\"  # ours\n  secret: \"SECRET\"\n  algorithm: hmac-sha256\n",
            })
    void everyFormThatNameServersWriteIsTheSameKey(String text) throws Exception {
        // A secret may have what elsewhere begins a comment.
        String secret = "c2Vj//V0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=";
        String quoted = text.contains("secret SECRET;") ? SECRET : secret;
        TsigKey bare = TsigKey.parse("registry", "hmac-sha256", quoted.getBytes(US_ASCII));
        TsigKey key = TsigKey.parse(
                "registry", "hmac-sha256", text.replace("SECRET", quoted).getBytes(US_ASCII));

        Message message = Message.newQuery(Record.newRecord(Name.fromString("example.com."), Type.SOA, DClass.IN));
        bare.toTsig().apply(message, null);
        byte[] wire = message.toWire();

        assertThat(key.toTsig().verify(new Message(wire), wire, null)).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void theSecretIsNotShown() {
        assertThat(TsigKey.parse("registry", "hmac-sha256", SECRET.getBytes(US_ASCII)))
                .hasToString("TsigKey[registry., hmac-sha256]");
    }

    @Test
    void aFileOfAnotherKeyIsRefused() {
        assertThatThrownBy(() -> TsigKey.parse("other", "hmac-sha256", STATEMENT.getBytes(US_ASCII)))
                .isInstanceOf(FormatException.class)
                .hasMessage("file of TSIG key other: holds another key: registry with hmac-sha256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "key \"registry\" {", "c2hvcnQ="})
    void textThatIsNoSecretIsRefusedWithoutBeingQuoted(String text) {
        assertThatThrownBy(() -> TsigKey.parse("registry", "hmac-sha256", text.getBytes(US_ASCII)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("TSIG key registry")
                .hasMessageNotContaining("not base64!")
                .hasMessageNotContaining("c2hvcnQ=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key \"registry\" { algorithm \"%s\"; secret \"hmac-sha256\"; };",
                "key \"%s\" { algorithm hmac-sha256; secret \"registry\"; };",
                "key:\n  - id: %s\n    algorithm: hmac-sha256\n    secret: registry\n",
                "key:\n  - id: registry\n    algorithm: %s\n    secret: hmac-sha256\n",
                "key:\n  - id: other\n    algorithm: %s\n    secret: hmac-sha256\n"
            })
    void aSecretInTheWrongPlaceIsNotQuotedEither(String form) {
        byte[] ascii = form.formatted(SECRET.strip()).getBytes(US_ASCII);

        assertThatThrownBy(() -> TsigKey.parse("registry", "hmac-sha256", ascii))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("TSIG key registry")
                .hasMessageNotContaining(SECRET.strip());
    }

    @Test
    void otherContentOfTheFileDoesNotMatter() {
        String older = "key \"registry\" { algorithm hmac-md5; secret \"c2hvcnQ=\"; };\n"
                + "key \"not..a.name\" { algorithm hmac-sha256; secret \"c2hvcnQ=\"; };\n";

        assertThat(TsigKey.parse("registry", "hmac-sha256", (older + STATEMENT).getBytes(US_ASCII)))
                .hasToString("TsigKey[registry., hmac-sha256]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac-md5", "hmac-sha1", "sha256", ""})
    void weakAndUnknownAlgorithmsAreRefused(String algorithm) {
        assertThatThrownBy(() -> TsigKey.parse("registry", algorithm, SECRET.getBytes(US_ASCII)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("must be one of hmac-sha224, -sha256, -sha384, -sha512");
    }

    @Test
    void aFileIsReadOnlyIfItIsClosedToOtherUsers(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), SECRET);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(TsigKey.read("k", "hmac-sha256", file).name()).hasToString("k.");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> TsigKey.read("k", "hmac-sha256", file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void ofAFileThatIsNotThereTheErrorSaysWhatMakesOne(@TempDir Path folder) {
        Path file = folder.resolve("key");
        assertThatThrownBy(() -> TsigKey.read("k", "hmac-sha256", file))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no file " + file
                        + " with the secret of TSIG key k; tsig-keygen or keymgr -t makes one");
    }
}
