package io.wgsd.command.options;

import io.wgsd.dnssd.TsigKey;
import io.wgsd.internal.file.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads {@code NAME:ALGORITHM:FILE}: the secret comes from a file, since everyone can read command lines. */
final class TsigKeyOption {

    private TsigKeyOption() {}

    static TsigKey read(String text) throws IOException {
        String[] parts = text.split(":", 3);
        if (parts.length != 3) {
            throw new UsageException("a TSIG key must be NAME:ALGORITHM:FILE, as in"
                    + " registry.example.com:hmac-sha256:/etc/wgsd/registry.key, was " + parts.length + " part"
                    + (parts.length == 1 ? "" : "s"));
        }
        return read(parts[0], parts[1], Path.of(parts[2]));
    }

    static TsigKey read(String name, String algorithm, Path file) throws IOException {
        byte[] contents = contents(name, file);
        try {
            return TsigKey.parse(name, algorithm, contents);
        } finally {
            Arrays.fill(contents, (byte) 0);
        }
    }

    private static byte[] contents(String name, Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new IOException("there is no file " + file + " with the secret of TSIG key " + name
                    + "; tsig-keygen or keymgr -t makes one");
        }
        return InputFile.readSecret(file, "file with the secret of TSIG key " + name + ",");
    }
}
