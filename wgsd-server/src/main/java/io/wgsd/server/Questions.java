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

    private final Function<byte[], Response> responses;
    private @Nullable Client client;

    Questions(Function<byte[], Response> responses) {
        this.responses = responses;
    }

    @Override
    public @Nullable Iterator<byte[]> answer(byte[] message) {
        Response response = responses.apply(message);
        response.key().ifPresent(key -> client = new Client(Client.Standing.KNOWN, key));
        Iterator<byte[]> messages = response.messages();
        return messages.hasNext() ? messages : null;
    }

    @Override
    public Optional<Client> client() {
        return Optional.ofNullable(client);
    }
}
