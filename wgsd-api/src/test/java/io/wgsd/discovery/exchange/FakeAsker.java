package io.wgsd.discovery.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A registry without a network: it answers what a test has set, and NXDOMAIN to all other questions. */
public final class FakeAsker implements Asker {

    private final Map<Question, Supplier<CompletableFuture<Response>>> answers = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();

    public ScriptedResponse on(Name name, int type) {
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        ScriptedResponse response = ScriptedResponse.to(query);
        Question question = new Question(name, type);
        answers.put(question, () -> CompletableFuture.completedFuture(response.answer(question)));
        return response;
    }

    public void fail(Name name, int type, IOException failure) {
        answers.put(new Question(name, type), () -> CompletableFuture.failedFuture(failure));
    }

    public void neverAnswer(Name name, int type) {
        CompletableFuture<Response> never = new CompletableFuture<>();
        answers.put(new Question(name, type), () -> never);
    }

    public List<String> asked() {
        return requests.stream()
                .map(request -> Type.string(request.question().type()) + " "
                        + request.question().name())
                .toList();
    }

    public List<Request> requests() {
        return requests;
    }

    @Override
    public CompletableFuture<Response> ask(Request request) {
        requests.add(request);
        Supplier<CompletableFuture<Response>> known = answers.get(request.question());
        return known == null ? nxdomain(request.question()) : known.get().copy();
    }

    private static CompletableFuture<Response> nxdomain(Question question) {
        Message response = new Message();
        response.addRecord(Record.newRecord(question.name(), question.type(), DClass.IN), Section.QUESTION);
        response.getHeader().setRcode(Rcode.NXDOMAIN);
        return CompletableFuture.completedFuture(new Response(response, Duration.ofMillis(40)));
    }
}
