package io.wgsd.server;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.server.answer.Refusals;
import io.wgsd.server.answer.Responder;
import io.wgsd.server.answer.Response;
import io.wgsd.server.answer.ServedMembers;
import io.wgsd.server.answer.ServedZone;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.quick.QuickResponder;
import io.wgsd.server.candidate.CandidateBook;
import io.wgsd.server.candidate.CandidateUpdates;
import io.wgsd.server.candidate.HeardSources;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Client;
import io.wgsd.server.transport.MessageHandler;
import io.wgsd.server.transport.PushChannel;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.QuickHandler;
import io.wgsd.server.transport.StreamHandler;
import io.wgsd.server.zone.Freshness;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a message to its response, of what is served at that moment: the path that never waits for WireGuard.
 * Thread-safe.
 */
final class QueryPath implements MessageHandler {

    private static final Logger LOG = LoggerFactory.getLogger(QueryPath.class);

    private final Responder firstResponder;
    private final Current current;
    private final PushGate push;
    private final Secondaries secondaries;
    private final CandidateBook candidates;
    private final CandidateUpdates updates;
    private final Tally tally;
    private final Refusals refusals;

    /**
     * Makes the path.
     *
     * @param firstResponder how messages are answered before the device has been read
     */
    QueryPath(
            Responder firstResponder,
            Current current,
            PushGate push,
            Secondaries secondaries,
            CandidateBook candidates,
            HeardSources heard,
            DnsSdNames names,
            Tally tally,
            Refusals refusals) {
        this.firstResponder = firstResponder;
        this.current = current;
        this.push = push;
        this.secondaries = secondaries;
        this.candidates = candidates;
        updates = new CandidateUpdates(names, candidates, heard);
        this.tally = tally;
        this.refusals = refusals;
    }

    @Override
    public byte @Nullable [] answer(byte[] message, QuerySource source) {
        return respond(message, source).message();
    }

    @Override
    public Iterator<byte[]> answerStream(byte[] message, QuerySource source) {
        return respond(message, source).messages();
    }

    @Override
    public StreamHandler open(QuerySource source, PushChannel channel) {
        return push.open(source, channel, new Questions(message -> respond(message, source)));
    }

    @Override
    public Client client(QuerySource source) {
        return Current.grant(current.snapshot(), source).client(source.address());
    }

    @Override
    public QuickHandler quick(Arrival arrival) {
        return new Quick(new QuickResponder(arrival));
    }

    private Response respond(byte[] message, QuerySource source) {
        Snapshot now = current.snapshot();
        Grant grant = Current.grant(now, source);
        Responder responder = now == null ? firstResponder : now.responder();
        Response response;
        try {
            if (!CandidateUpdates.concerns(message, source)) {
                response = responder.respond(message, served(now), grant, source);
            } else {
                response = now == null
                        ? responder.failure(message, grant, source)
                        : updates.respond(message, grant, source, now.device());
            }
        } catch (RuntimeException e) {
            LOG.error("cannot answer a message of {} bytes", message.length, e);
            response = responder.failure(message, grant, source);
        }
        tally.count(response.outcome());
        secondaries.responded(source.address(), response);
        refusals.responded(message, source.address(), response);
        return response;
    }

    private @Nullable ServedZone served(@Nullable Snapshot now) {
        return now == null ? null : new ServedZone(now.views(), current.freshness(), candidates::of, current.members());
    }

    private final class Quick implements QuickHandler {

        private final QuickResponder responder;

        Quick(QuickResponder responder) {
            this.responder = responder;
        }

        @Override
        public int answer(byte[] message, int length, long high, long low, byte[] response) {
            Snapshot now = current.snapshot();
            ServedMembers ofMembers = current.members();
            if (now == null
                    || current.freshness() != Freshness.FRESH
                    || (ofMembers != null && ofMembers.mayConcern(message, length))) {
                return 0;
            }
            int answered = responder.answer(
                    message, length, high, low, now.responder(), now.quick(), now.policy(), now.number(), response);
            if (answered > 0) {
                tally.count(responder.outcome());
            }
            return answered;
        }

        @Override
        public void expect(byte[][] heads, int count) {
            responder.expect(heads, count);
        }
    }
}
