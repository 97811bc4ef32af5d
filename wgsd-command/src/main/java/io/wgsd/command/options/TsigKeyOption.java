package io.wgsd.command.options;

import io.wgsd.dnssd.TsigKey;
import java.io.IOException;
import java.nio.file.Path;

/** Reads {@code NAME:ALGORITHM:FILE}. The secret is in a file, because every user can read command lines. */
public final class TsigKeyOption {

    private TsigKeyOption() {}

    public static TsigKey read(String text) throws IOException {
        String[] parts = text.split(":", 3);
        if (parts.length != 3) {
            throw new UsageException("a TSIG key must be NAME:ALGORITHM:FILE, as in"
                    + " registry.example.com:hmac-sha256:/etc/wgsd/registry.key, was " + parts.length + " part"
                    + (parts.length == 1 ? "" : "s"));
        }
        return TsigKey.read(parts[0], parts[1], Path.of(parts[2]));
    }
}
