package io.wgsd.discovery.exchange;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A question that waits or is on its way; only the exchange's thread touches it. */
final class Pending {

    private final Request request;
    private final Inquiry inquiry;
    private final CompletableFuture<Answer> answer;
    private final List<Sent> sent = new ArrayList<>();
    private long begun;
    private long wakeAt;

    Pending(Request request, Inquiry inquiry, CompletableFuture<Answer> answer) {
        this.request = request;
        this.inquiry = inquiry;
        this.answer = answer;
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

    CompletableFuture<Answer> answer() {
        return answer;
    }

    void begin(long now) {
        begun = now;
        wakeAt = now;
    }

    long begun() {
        return begun;
    }

    Path path(Step.Ask ask) {
        InetSocketAddress server = inquiry.server(ask);
        return new Path(server, request.source().apply(server).orElse(null));
    }

    boolean isOutOfTime(long now) {
        return now - begun >= request.timeout().toNanos();
    }

    /** Sets when the inquiry is to be told of silence, or that its time is up if that is earlier. */
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

    void sent(Sent datagram) {
        sent.add(datagram);
    }

    void forgetAll() {
        sent.forEach(datagram -> datagram.port().forget(datagram));
        sent.clear();
    }
}
