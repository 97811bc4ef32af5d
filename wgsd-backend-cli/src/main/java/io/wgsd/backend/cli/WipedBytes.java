package io.wgsd.backend.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Arrays;

/** Bytes that grow and leave no copy behind: what a program prints may be a secret. */
final class WipedBytes implements AutoCloseable {

    /** So long that the runtime's own buffer is passed by, in which nobody would wipe them. */
    private static final int PIECE = 64 * 1024;

    private final int most;
    private byte[] bytes = new byte[PIECE];
    private int length;

    /** Begins with nothing, and takes so many bytes at most. */
    WipedBytes(int most) {
        this.most = most;
    }

    /** Takes what a stream has, without waiting for more. */
    void takeAvailable(InputStream in) throws IOException {
        while (in.available() > 0) {
            makeRoom();
            int count = in.read(bytes, length, bytes.length - length);
            if (count < 0) {
                return;
            }
            length += count;
            if (length > most) {
                throw new ProtocolException("it is longer than " + most + " bytes");
            }
        }
    }

    /** Returns the bytes themselves, of which the first {@link #length} count. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    private void makeRoom() {
        if (bytes.length - length < PIECE) {
            byte[] larger = Arrays.copyOf(bytes, 2 * bytes.length);
            Arrays.fill(bytes, (byte) 0);
            bytes = larger;
        }
    }
}
