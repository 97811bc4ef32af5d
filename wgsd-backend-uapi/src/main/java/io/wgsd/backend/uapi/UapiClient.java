package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.codec.AnswerReader;
import io.wgsd.backend.uapi.codec.DeviceDecoder;
import io.wgsd.backend.uapi.codec.OwnKeys;
import io.wgsd.backend.uapi.codec.RequestWriter;
import io.wgsd.backend.uapi.codec.Snapshot;
import io.wgsd.backend.uapi.codec.Wanted;
import io.wgsd.backend.uapi.transport.BufferPool;
import io.wgsd.backend.uapi.transport.ErrnoException;
import io.wgsd.backend.uapi.transport.UapiConnection;
import io.wgsd.backend.uapi.transport.UapiTransport;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.MalformedException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.Operation;
import io.wgsd.spi.WireGuardException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

/** Asks one question over one connection, as wg does; thread-safe. */
final class UapiClient {

    private static final int ROOT = 0;

    /** How long a socket may take to accept before it is simply believed to be alive. */
    private static final Duration LISTENING = Duration.ofMillis(100);

    /** Writes the fields of a request. */
    interface Body {
        void write(RequestWriter out) throws IOException;
    }

    private final UapiTransport transport;
    private final TimeSource clock;
    private final BufferPool buffers = new BufferPool();
    private final OwnKeys ownKeys = new OwnKeys();

    UapiClient(UapiTransport transport, TimeSource clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /** Returns whether a process listens, or may; false only where it is certain that none does. */
    boolean isListening(Path socket, Operation operation) throws WireGuardException {
        try {
            transport.open(socket, operation.within(LISTENING)).close();
            return true;
        } catch (ErrnoException e) {
            return !e.name().equals("ECONNREFUSED") && !e.name().equals("ENOENT");
        } catch (IOException e) {
            operation.check();
            return true;
        }
    }

    /** Reads a device; the caller closes the snapshot. */
    Snapshot get(Path socket, Operation operation, Wanted wanted) throws WireGuardException {
        try (DeviceDecoder decoder = new DeviceDecoder(operation.device(), ownKeys, clock.instant(), wanted)) {
            int errno = ask(socket, operation, false, out -> out.get(), decoder);
            if (errno != 0) {
                throw UapiErrors.ofAnswer(operation, errno, null);
            }
            return decoder.snapshot();
        } catch (ProtocolException e) {
            throw malformed(operation, e);
        }
    }

    /** Changes a device in one transaction. */
    void set(Path socket, Operation operation, boolean hasSecrets, DeviceChange change, Body body)
            throws WireGuardException {
        int errno = trySet(socket, operation, hasSecrets, body);
        if (errno != 0) {
            throw UapiErrors.ofAnswer(operation, errno, change);
        }
    }

    /** Changes a device in one transaction, and returns the errno of the answer. */
    int trySet(Path socket, Operation operation, boolean hasSecrets, Body body) throws WireGuardException {
        Body set = out -> {
            out.set();
            body.write(out);
        };
        return ask(socket, operation, hasSecrets, set, line -> {});
    }

    private int ask(Path socket, Operation operation, boolean hasSecrets, Body body, AnswerReader.Fields fields)
            throws WireGuardException {
        ByteBuffer buffer = buffers.take();
        try (AnswerReader answer = new AnswerReader(fields);
                UapiConnection connection = transport.open(socket, operation)) {
            if (hasSecrets) {
                checkUser(connection, operation);
            }
            RequestWriter out = new RequestWriter(buffer, connection::write);
            body.write(out);
            out.end();
            receive(connection, buffer, answer);
            return answer.errno();
        } catch (WireGuardException e) {
            throw e;
        } catch (ErrnoException e) {
            throw UapiErrors.ofSocket(operation, socket, isSocket(socket), e);
        } catch (EOFException e) {
            throw brokenOff(socket, operation, e);
        } catch (ProtocolException e) {
            throw malformed(operation, e);
        } catch (IOException e) {
            throw UapiErrors.unavailable(operation, e);
        } finally {
            buffers.giveBack(buffer);
        }
    }

    private static void receive(UapiConnection connection, ByteBuffer buffer, AnswerReader answer) throws IOException {
        while (!answer.isComplete()) {
            if (connection.read(buffer.clear()) < 0) {
                answer.end();
            } else {
                answer.feed(buffer.flip());
            }
        }
    }

    /**
     * A key goes only to root's processes and to those of this process's own user; anyone else who listens there is an
     * impostor.
     */
    private void checkUser(UapiConnection connection, Operation operation) throws IOException {
        int user = connection.peerUser();
        if (user != ROOT && user != transport.ownUser()) {
            throw new NotPermittedException(
                    operation.origin(),
                    "sending a secret to",
                    "the process there runs as user " + user + ": run it as root or as this process's user",
                    null);
        }
    }

    private WireGuardException brokenOff(Path socket, Operation operation, EOFException e) throws WireGuardException {
        return isListening(socket, operation)
                ? malformed(operation, e)
                : UapiErrors.absent(operation, "its WireGuard process ended meanwhile");
    }

    private static MalformedException malformed(Operation operation, IOException e) {
        return new MalformedException(operation.origin(), String.valueOf(e.getMessage()), e);
    }

    private static boolean isSocket(Path path) {
        try {
            return SocketDirectories.isSocket(path);
        } catch (IOException e) {
            return true;
        }
    }
}
