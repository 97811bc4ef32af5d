package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.transport.UapiConnection;
import io.wgsd.backend.uapi.transport.UapiTransport;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A transport whose processes at the other end all run as user 1234, who is neither root nor this process's user. */
record AnotherUser(UapiTransport transport) implements UapiTransport {

    private static final int USER = 1234;

    @Override
    public UapiConnection open(Path socket, Operation operation) throws IOException {
        UapiConnection connection = transport.open(socket, operation);
        return new UapiConnection() {
            @Override
            public boolean write(ByteBuffer bytes) throws IOException {
                return connection.write(bytes);
            }

            @Override
            public int read(ByteBuffer bytes) throws IOException {
                return connection.read(bytes);
            }

            @Override
            public int peerUser() {
                return USER;
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    @Override
    public int ownUser() {
        return USER + 1;
    }
}
