package io.wgsd.discovery.exchange;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A request that waits or is on its way; only the exchange's thread uses it. */
final class PendingRequest {

    private final Request request;
    private final Inquiry inquiry;
    private final CompletableFuture<Response> response;
    private final List<SentQuery> sent = new ArrayList<>();
    private long begun;
    private long wakeAt;

    PendingRequest(Request request, Inquiry inquiry, CompletableFuture<Response> response) {
        this.request = request;
        this.inquiry = inquiry;
        this.response = response;
    }

    Request request() {
        return request;
    }

    Question question() {
        return request.question();
    }

    Inquiry inquiry() {
        return inquiry;
    }

    CompletableFuture<Response> response() {
        return response;
    }

    void begin(long now) {
        begun = now;
        wakeAt = now;
    }

    long begun() {
        return begun;
    }

    ServerPath path(Step.Ask ask) {
        InetSocketAddress server = inquiry.server(ask);
        return new ServerPath(server, request.source().apply(server).orElse(null));
    }

    boolean isOutOfTime(long now) {
        return now - begun >= request.timeout().toNanos();
    }

    /** Sets when the inquiry has to learn that nothing came, or that its time is up if that is earlier. */
    void wakeAfter(Duration patience, long now) {
        long deadline = begun + request.timeout().toNanos();
        wakeAt = now + patience.toNanos();
        if (wakeAt - deadline > 0) {
            wakeAt = deadline;
        }
    }

    long nanosUntilWake(long now) {
        return wakeAt - now;
    }

    void sent(SentQuery datagram) {
        sent.add(datagram);
    }

    void forgetAll() {
        sent.forEach(datagram -> datagram.port().forget(datagram));
        sent.clear();
    }
}
