package io.wgsd.server;

import io.wgsd.server.answer.Response;
import io.wgsd.server.transport.Client;
import io.wgsd.server.transport.StreamHandler;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The questions of one stream, and who they show to ask; for the streams' thread. */
final class Questions implements StreamHandler {

    private final Function<byte[], Response> replies;
    private @Nullable Client client;

    Questions(Function<byte[], Response> replies) {
        this.replies = replies;
    }

    @Override
    public @Nullable Iterator<byte[]> answer(byte[] message) {
        Response reply = replies.apply(message);
        reply.key().ifPresent(key -> client = new Client(Client.Standing.KNOWN, key));
        Iterator<byte[]> messages = reply.messages();
        return messages.hasNext() ? messages : null;
    }

    @Override
    public Optional<Client> client() {
        return Optional.ofNullable(client);
    }
}
