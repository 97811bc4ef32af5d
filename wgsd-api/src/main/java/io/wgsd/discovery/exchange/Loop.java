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

/** Carries out the steps of all inquiries with one selector; one thread calls it. */
final class Loop implements UdpPort.Listener, TcpCall.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final List<InetSocketAddress> servers;
    private final int attempts;
    private final OwnZone zone;
    private final Set<InetSocketAddress> told = new HashSet<>();
    private final InFlightLimit limit;
    private final Selector selector;
    private final LongSupplier nanoTime;
    private final UdpPorts udp;
    private final TcpCalls tcp;

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final Set<Pending> open = new LinkedHashSet<>();
    private int preferred;
    private long lastHeard;

    Loop(Settings settings, Selector selector, Random random, LongSupplier nanoTime) {
        servers = settings.servers();
        attempts = settings.attempts();
        zone = new OwnZone(settings.zone());
        limit = new InFlightLimit(settings.maxInFlight());
        this.selector = selector;
        this.nanoTime = nanoTime;
        udp = new UdpPorts(selector, random, this);
        tcp = new TcpCalls(selector, random, this);
        lastHeard = nanoTime.getAsLong();
    }

    void add(Request request, CompletableFuture<Answer> answer) {
        List<InetSocketAddress> turns = new ArrayList<>(servers);
        Collections.rotate(turns, -preferred);
        Policy policy = new Policy(request.timeout(), attempts);
        Pending pending = new Pending(request, new Inquiry(turns, policy, request.suffices(), zone), answer);
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
            if (key.isValid() && key.attachment() instanceof Ready socket) {
                socket.ready();
            }
        }
        selector.selectedKeys().clear();
        tcp.takeUp().forEach(call -> failed(call.owner(), call.ask(), Failures.words(call.cause())));
        wake();
    }

    /** Ends every question and closes its sockets. */
    void abandon(ExchangeException why) {
        failWaiting(why);
        for (Pending pending : List.copyOf(open)) {
            end(pending);
            pending.answer().completeExceptionally(why);
        }
        udp.closeIdle();
    }

    @Override
    public void received(Sent sent, byte[] datagram) {
        ServiceReply service = ServiceReply.read(sent.query(), datagram);
        if (service == null) {
            heard(sent.owner(), sent.ask(), sent.id(), datagram);
        } else if (open.contains(sent.owner())) {
            Pending pending = sent.owner();
            lastHeard = nanoTime.getAsLong();
            answered(pending, sent.ask());
            end(pending);
            pending.answer().complete(Answer.of(service, datagram, Duration.ofNanos(lastHeard - pending.begun())));
        }
    }

    @Override
    public void unreachable(List<Sent> all, String why) {
        all.forEach(sent -> failed(sent.owner(), sent.ask(), why));
    }

    @Override
    public void received(TcpCall call, byte[] message) {
        tcp.end(call.owner());
        heard(call.owner(), call.ask(), call.id(), message);
    }

    @Override
    public void failed(TcpCall call, String why) {
        tcp.end(call.owner());
        failed(call.owner(), call.ask(), why);
    }

    private void begin() {
        while (open.size() < limit.now() && !waiting.isEmpty()) {
            Pending pending = waiting.removeFirst();
            // Whoever asked may have lost interest meanwhile.
            if (!pending.answer().isDone()) {
                pending.begin(nanoTime.getAsLong());
                open.add(pending);
                perform(pending, pending.inquiry().begin());
            }
        }
    }

    private void await() throws IOException {
        long now = nanoTime.getAsLong();
        long nanos = Long.MAX_VALUE;
        for (Pending pending : open) {
            nanos = Math.min(nanos, pending.nanosUntilWake(now));
        }
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            // Rounded up, lest it spin through the last millisecond; 0 stands for ever.
            selector.select(open.isEmpty() ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        }
    }

    private void wake() {
        long now = nanoTime.getAsLong();
        List<Pending> due = new ArrayList<>();
        for (Pending pending : open) {
            if (pending.nanosUntilWake(now) <= 0) {
                due.add(pending);
            }
        }
        for (Pending pending : due) {
            if (open.contains(pending)) {
                Inquiry inquiry = pending.inquiry();
                limit.silent();
                perform(pending, pending.isOutOfTime(now) ? inquiry.outOfTime() : inquiry.silent());
            }
        }
    }

    private void heard(Pending pending, Step.Ask ask, int id, byte[] bytes) {
        if (!open.contains(pending)) {
            return;
        }
        Inquiry inquiry = pending.inquiry();
        Step next;
        try {
            Message reply = pending.question().parseReply(bytes, id);
            lastHeard = nanoTime.getAsLong();
            next = inquiry.replied(ask, reply);
        } catch (IOException e) {
            next = inquiry.garbled(ask, Failures.words(e));
        }
        if (next instanceof Step.Done) {
            answered(pending, ask);
        }
        perform(pending, next);
    }

    private void answered(Pending pending, Step.Ask ask) {
        preferred = servers.indexOf(pending.inquiry().server(ask));
        pending.inquiry()
                .foreign()
                .filter(e -> told.add(e.server()))
                .ifPresent(e -> LOG.warn(
                        "another server than {} answers for {}, since that one does not know the zone: {}; check that it serves"
                                + " or forwards it",
                        e.server(),
                        pending.question(),
                        e.getMessage()));
        limit.answered();
    }

    private void failed(Pending pending, Step.Ask ask, String why) {
        if (open.contains(pending)) {
            perform(pending, pending.inquiry().unreachable(ask, why));
        }
    }

    private void perform(Pending pending, Step first) {
        Step step = first;
        while (step instanceof Step.Ask ask) {
            step = send(pending, ask);
        }
        long now = nanoTime.getAsLong();
        if (step instanceof Step.Pause pause) {
            pending.wakeAfter(pause.patience(), now);
        } else if (step instanceof Step.Done done) {
            end(pending);
            pending.answer().complete(new Answer(done.reply(), Duration.ofNanos(now - pending.begun())));
        } else if (step instanceof Step.GiveUp failed) {
            end(pending);
            pending.answer().completeExceptionally(failed.failure());
            giveUpWaiting(pending, failed.failure());
        }
    }

    private Step send(Pending pending, Step.Ask ask) {
        pending.wakeAfter(ask.patience(), nanoTime.getAsLong());
        try {
            if (ask.tcp()) {
                tcp.place(pending, ask, pending.path(ask));
            } else {
                tcp.end(pending);
                pending.sent(udp.send(pending, ask, pending.path(ask)));
            }
            return new Step.Wait();
        } catch (IOException e) {
            return pending.inquiry().unreachable(ask, Failures.words(e));
        }
    }

    private void end(Pending pending) {
        open.remove(pending);
        pending.forgetAll();
        tcp.end(pending);
    }

    /** Where nothing was heard from anyone while a question was asked, those that wait would only wait as long. */
    private void giveUpWaiting(Pending pending, ExchangeException failure) {
        boolean silence = failure.reason() == Reason.TIMED_OUT || failure.reason() == Reason.UNREACHABLE;
        if (silence && lastHeard - pending.begun() < 0) {
            failWaiting(failure);
        }
    }

    private void failWaiting(ExchangeException why) {
        for (Pending pending; (pending = waiting.pollFirst()) != null; ) {
            pending.answer().completeExceptionally(why);
        }
    }
}
