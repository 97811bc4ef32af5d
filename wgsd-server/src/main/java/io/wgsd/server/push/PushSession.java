package io.wgsd.server.push;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.DsoTlv;
import io.wgsd.dnssd.push.SessionTimeouts;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.model.FormatException;
import io.wgsd.server.transport.Asker;
import io.wgsd.server.transport.Outlet;
import io.wgsd.server.transport.StreamHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * One stream, which becomes a session with its first stateful operation (RFC 8490, section 5.1).
 *
 * <p>Only this host and peers may subscribe, for only WireGuard vouches for who they are and hides what they are told, where
 * RFC 8765 wants TLS. Used on the thread that serves streams only.
 */
final class PushSession implements StreamHandler {

    static final int MOST_SUBSCRIPTIONS = 16_384;

    /** Who is silent for twice this is gone (RFC 8490, section 6.5). */
    private static final Duration KEEPALIVE = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private final PushHub hub;
    private final Asker asker;
    private final Outlet outlet;
    private final StreamHandler others;
    private final Map<Integer, Subscription> subscriptions = new HashMap<>();
    private @Nullable Zone seen;
    private boolean established;

    PushSession(PushHub hub, Asker asker, Outlet outlet, StreamHandler others) {
        this.hub = hub;
        this.asker = asker;
        this.outlet = outlet;
        this.others = others;
    }

    Asker asker() {
        return asker;
    }

    /** Returns the zone of which the subscriber knows all that it wants to; null before the first subscription. */
    @Nullable
    Zone seen() {
        return seen;
    }

    void sees(Zone zone) {
        seen = zone;
    }

    @Override
    public @Nullable Iterator<byte[]> answer(byte[] message) {
        if (!DsoMessage.isDso(message)) {
            return others.answer(message);
        }
        Zone now = hub.view(asker).orElse(null);
        if (now == null) {
            // As if there were no such thing, which is how anyone else is answered.
            return others.answer(message);
        }
        try {
            return answer(DsoMessage.parse(message), now);
        } catch (FormatException e) {
            // RFC 8490, section 5.4: what makes no sense ends the connection.
            return null;
        }
    }

    private @Nullable Iterator<byte[]> answer(DsoMessage message, Zone now) {
        DsoTlv primary = message.primary().orElse(null);
        if (message.response() || primary == null) {
            return message.response() ? Collections.emptyIterator() : null;
        }
        established = established || hub.establish(this);
        if (!established) {
            return null;
        }
        boolean wantsAnswer = message.id() != 0;
        return switch (primary.type()) {
            case DsoTlv.KEEPALIVE -> {
                DsoTlv timeouts = new SessionTimeouts(SessionTimeouts.INFINITE, KEEPALIVE).encode();
                yield wantsAnswer ? one(message.answer(Rcode.NOERROR, timeouts)) : Collections.emptyIterator();
            }
            case DsoTlv.SUBSCRIBE -> wantsAnswer ? subscribe(message, primary, now) : null;
            case DsoTlv.UNSUBSCRIBE -> unsubscribe(primary);
            default -> wantsAnswer ? one(message.answer(DsoMessage.DSOTYPENI)) : null;
        };
    }

    private @Nullable Iterator<byte[]> subscribe(DsoMessage message, DsoTlv primary, Zone now) {
        if (subscriptions.containsKey(message.id())) {
            return null;
        }
        Subscription wanted;
        try {
            wanted = Subscription.parse(primary);
        } catch (FormatException e) {
            return one(message.answer(Rcode.FORMERR));
        }
        boolean ours = wanted.name().subdomain(hub.origin())
                && (wanted.dclass() == DClass.IN || wanted.dclass() == DClass.ANY);
        if (!ours) {
            return one(message.answer(Rcode.NOTAUTH));
        }
        Optional<Name> name =
                subscriptions.size() < MOST_SUBSCRIPTIONS ? hub.follow(this, wanted.name()) : Optional.empty();
        if (name.isEmpty()) {
            return one(message.answer(Rcode.REFUSED));
        }
        Subscription kept = new Subscription(name.get(), wanted.type(), wanted.dclass());
        subscriptions.put(message.id(), kept);
        List<byte[]> answers = new ArrayList<>();
        answers.add(message.answer(Rcode.NOERROR).encode());
        // What the subscribers of before have seen is told of with the rest; a new one starts from there.
        Zone start = seen == null ? now : seen;
        seen = start;
        answers.addAll(ZoneChanges.all(start, kept));
        return answers.iterator();
    }

    private @Nullable Iterator<byte[]> unsubscribe(DsoTlv primary) {
        byte[] value = primary.value();
        if (value.length != 2) {
            return null;
        }
        Subscription ended = subscriptions.remove(((value[0] & 0xff) << 8) | (value[1] & 0xff));
        if (ended != null) {
            hub.unfollow(this, ended.name(), !follows(ended.name()));
        }
        return Collections.emptyIterator();
    }

    private boolean follows(Name name) {
        return subscriptions.values().stream().anyMatch(each -> each.name().equals(name));
    }

    /** Tells of what changed at a name. */
    void tell(Name name, ZoneChanges changes) {
        subscriptions.values().stream()
                .filter(each -> each.name().equals(name))
                .toList()
                .forEach(each -> changes.messages(each).forEach(outlet::send));
    }

    void end() {
        outlet.close();
    }

    @Override
    public Optional<Duration> patience() {
        return established ? Optional.of(PATIENCE) : Optional.empty();
    }

    @Override
    public void closed() {
        hub.remove(this);
        List<Subscription> ended = List.copyOf(subscriptions.values());
        subscriptions.clear();
        ended.forEach(each -> hub.unfollow(this, each.name(), true));
    }

    private static Iterator<byte[]> one(DsoMessage message) {
        return List.of(message.encode()).iterator();
    }
}
