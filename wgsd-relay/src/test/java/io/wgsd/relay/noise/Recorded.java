package io.wgsd.relay.noise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;

/** The messages that {@link Recorder} has recorded. */
public final class Recorded {

    private static final Properties MESSAGES = read();

    private Recorded() {}

    public static byte[] message(String name) {
        return HexFormat.of().parseHex(Objects.requireNonNull(MESSAGES.getProperty(name), name));
    }

    private static Properties read() {
        Properties messages = new Properties();
        try (InputStream in = Recorded.class.getResourceAsStream("recorded.properties")) {
            messages.load(in);
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
