package io.wgsd.discovery.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;

/** Puts into words what the system reports when it cannot send or connect. */
final class SocketErrors {

    private SocketErrors() {}

    static String words(IOException e) {
        if (e instanceof PortUnreachableException) {
            return "port unreachable: nothing listens there";
        }
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return e instanceof ConnectException ? text + " (TCP)" : text;
    }

    static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // The descriptor is closed all the same, and there was nothing left to write.
        }
    }
}
