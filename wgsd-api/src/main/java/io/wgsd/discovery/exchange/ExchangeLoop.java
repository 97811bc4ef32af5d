package io.wgsd.discovery.exchange;

import io.wgsd.discovery.exchange.ExchangeException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;

/** Carries out the steps of all inquiries with one selector, on one thread. */
final class ExchangeLoop implements UdpSocket.Listener, TcpQuery.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeLoop.class);

    private final List<InetSocketAddress> servers;
    private final int attempts;
    private final OwnZone zone;
    private final Set<InetSocketAddress> reported = new HashSet<>();
    private final InFlightLimit limit;
    private final Selector selector;
    private final LongSupplier nanoTime;
    private final ExchangeTally tally;
    private final UdpSockets udp;
    private final TcpQueries tcp;

    private final Deque<PendingRequest> waiting = new ArrayDeque<>();
    private final Set<PendingRequest> open = new LinkedHashSet<>();
    private int preferred;
    private long lastHeard;

    ExchangeLoop(Settings settings, Selector selector, Random random, LongSupplier nanoTime, ExchangeTally tally) {
        this.tally = tally;
        servers = settings.servers();
        attempts = settings.attempts();
        zone = new OwnZone(settings.zone());
        limit = new InFlightLimit(settings.maxInFlight());
        this.selector = selector;
        this.nanoTime = nanoTime;
        udp = new UdpSockets(selector, random, this);
        tcp = new TcpQueries(selector, random, this);
        lastHeard = nanoTime.getAsLong();
    }

    void add(Request request, CompletableFuture<Response> response) {
        List<InetSocketAddress> turns = new ArrayList<>(servers);
        Collections.rotate(turns, -preferred);
        Policy policy = new Policy(request.timeout(), attempts);
        PendingRequest pending =
                new PendingRequest(request, new Inquiry(turns, policy, request.suffices(), zone), response);
        if (request.followUp()) {
            waiting.addFirst(pending);
        } else {
            waiting.addLast(pending);
        }
    }

    /** Sends what may be sent, waits until something happens, and deals with it. */
    void turn() throws IOException {
        udp.closeIdle();
        begin();
        await();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid() && key.attachment() instanceof ReadySocket socket) {
                socket.ready();
            }
        }
        selector.selectedKeys().clear();
        tcp.takeUp().forEach(call -> failed(call.owner(), call.ask(), SocketErrors.words(call.cause())));
        wake();
    }

    /** Ends every question and closes its sockets. */
    void abandon(ExchangeException why) {
        failWaiting(why);
        for (PendingRequest pending : List.copyOf(open)) {
            end(pending);
            pending.response().completeExceptionally(why);
        }
        udp.closeIdle();
    }

    @Override
    public void received(SentQuery sent, byte[] datagram) {
        ServiceResponse service = ServiceResponse.read(sent.query(), datagram);
        if (service == null) {
            heard(sent.owner(), sent.ask(), sent.id(), datagram);
        } else if (open.contains(sent.owner())) {
            PendingRequest pending = sent.owner();
            lastHeard = nanoTime.getAsLong();
            answered(pending, sent.ask());
            end(pending);
            pending.response().complete(Response.of(service, datagram, Duration.ofNanos(lastHeard - pending.begun())));
        }
    }

    @Override
    public void unreachable(List<SentQuery> all, String why) {
        all.forEach(sent -> failed(sent.owner(), sent.ask(), why));
    }

    @Override
    public void received(TcpQuery call, byte[] message) {
        tcp.end(call.owner());
        heard(call.owner(), call.ask(), call.id(), message);
    }

    @Override
    public void failed(TcpQuery call, String why) {
        tcp.end(call.owner());
        failed(call.owner(), call.ask(), why);
    }

    private void begin() {
        while (open.size() < limit.now() && !waiting.isEmpty()) {
            PendingRequest pending = waiting.removeFirst();
            // The caller may have cancelled the question meanwhile.
            if (!pending.response().isDone()) {
                pending.begin(nanoTime.getAsLong());
                open.add(pending);
                perform(pending, pending.inquiry().begin());
            }
        }
    }

    private void await() throws IOException {
        long now = nanoTime.getAsLong();
        long nanos = Long.MAX_VALUE;
        for (PendingRequest pending : open) {
            nanos = Math.min(nanos, pending.nanosUntilWake(now));
        }
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            // Rounded up, so that it does not spin through the last millisecond; 0 means for ever.
            selector.select(open.isEmpty() ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        }
    }

    private void wake() {
        long now = nanoTime.getAsLong();
        List<PendingRequest> due = new ArrayList<>();
        for (PendingRequest pending : open) {
            if (pending.nanosUntilWake(now) <= 0) {
                due.add(pending);
            }
        }
        for (PendingRequest pending : due) {
            if (open.contains(pending)) {
                Inquiry inquiry = pending.inquiry();
                limit.silent();
                perform(pending, pending.isOutOfTime(now) ? inquiry.outOfTime() : inquiry.silent());
            }
        }
    }

    private void heard(PendingRequest pending, Step.Ask ask, int id, byte[] bytes) {
        if (!open.contains(pending)) {
            return;
        }
        Inquiry inquiry = pending.inquiry();
        Step next;
        try {
            Message response = pending.question().parseResponse(bytes, id);
            lastHeard = nanoTime.getAsLong();
            next = inquiry.responded(ask, response);
        } catch (IOException e) {
            next = inquiry.garbled(ask, SocketErrors.words(e));
        }
        if (next instanceof Step.Done) {
            answered(pending, ask);
        }
        perform(pending, next);
    }

    private void answered(PendingRequest pending, Step.Ask ask) {
        preferred = servers.indexOf(pending.inquiry().server(ask));
        pending.inquiry()
                .foreign()
                .filter(e -> reported.add(e.server()))
                .ifPresent(e -> LOG.warn(
                        "another server than {} answers for {}, since that one does not know the zone: {}; check that it serves"
                                + " or forwards it",
                        e.server(),
                        pending.question(),
                        e.getMessage()));
        limit.answered();
    }

    private void failed(PendingRequest pending, Step.Ask ask, String why) {
        if (open.contains(pending)) {
            perform(pending, pending.inquiry().unreachable(ask, why));
        }
    }

    private void perform(PendingRequest pending, Step first) {
        Step step = first;
        while (step instanceof Step.Ask ask) {
            step = send(pending, ask);
        }
        long now = nanoTime.getAsLong();
        if (step instanceof Step.Pause pause) {
            pending.wakeAfter(pause.patience(), now);
        } else if (step instanceof Step.Done done) {
            end(pending);
            pending.response().complete(new Response(done.response(), Duration.ofNanos(now - pending.begun())));
        } else if (step instanceof Step.GiveUp failed) {
            end(pending);
            pending.response().completeExceptionally(failed.failure());
            giveUpWaiting(pending, failed.failure());
        }
    }

    private Step send(PendingRequest pending, Step.Ask ask) {
        pending.wakeAfter(ask.patience(), nanoTime.getAsLong());
        try {
            if (ask.tcp()) {
                tcp.place(pending, ask, pending.path(ask));
            } else {
                tcp.end(pending);
                pending.sent(udp.send(pending, ask, pending.path(ask)));
            }
            tally.sent(ask.tcp());
            return new Step.Wait();
        } catch (IOException e) {
            return pending.inquiry().unreachable(ask, SocketErrors.words(e));
        }
    }

    private void end(PendingRequest pending) {
        open.remove(pending);
        pending.forgetAll();
        tcp.end(pending);
    }

    /** If no server was heard while a question was asked, the questions that wait would only wait as long. */
    private void giveUpWaiting(PendingRequest pending, ExchangeException failure) {
        boolean silence = failure.reason() == Reason.TIMED_OUT || failure.reason() == Reason.UNREACHABLE;
        if (silence && lastHeard - pending.begun() < 0) {
            failWaiting(failure);
        }
    }

    private void failWaiting(ExchangeException why) {
        for (PendingRequest pending; (pending = waiting.pollFirst()) != null; ) {
            pending.response().completeExceptionally(why);
        }
    }
}
