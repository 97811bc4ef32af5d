package io.wgsd.server.zone;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a peer whose endpoint alternates from changing the zone each time. Two hosts with the same key cause that,
 * because WireGuard sends to the address it heard from last.
 *
 * <p>A peer that came back to an endpoint that it had left within the last minute, for the third time in a minute, is
 * advertised where it was, until it has not come back for a minute. Not thread-safe.
 */
final class FlapDamping {

    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int RETURNS = 3;
    private static final int REMEMBERED = 16;

    private final Consumer<String> notice;
    private final Map<PublicKey, Track> tracks = new HashMap<>();
    private List<Advertisement> previous = List.of();

    FlapDamping(Consumer<String> notice) {
        this.notice = notice;
    }

    /** Returns what is to be advertised, given what the device says now. */
    List<Advertisement> apply(List<Advertisement> current, long nanos) {
        if (!current.equals(previous)) {
            // Mostly one of very many is another one, and only what lies between the same beginning and the same end
            // counts.
            int begin = sameFromTheBeginning(previous, current);
            int end = sameFromTheEnd(previous, current, begin);
            Map<PublicKey, Advertisement> before = new HashMap<>();
            previous.subList(begin, previous.size() - end).forEach(peer -> before.put(peer.publicKey(), peer));
            for (Advertisement peer : current.subList(begin, current.size() - end)) {
                Advertisement was = before.get(peer.publicKey());
                if (was != null && !was.endpoints().equals(peer.endpoints())) {
                    tracks.computeIfAbsent(peer.publicKey(), key -> new Track()).moved(was, peer, nanos);
                }
            }
            previous = current;
        }
        tracks.values().removeIf(track -> track.isQuiet(nanos));
        return tracks.isEmpty() ? current : current.stream().map(this::held).toList();
    }

    private static int sameFromTheBeginning(List<Advertisement> some, List<Advertisement> other) {
        int most = Math.min(some.size(), other.size());
        int same = 0;
        while (same < most && some.get(same).equals(other.get(same))) {
            same++;
        }
        return same;
    }

    private static int sameFromTheEnd(List<Advertisement> some, List<Advertisement> other, int begin) {
        int most = Math.min(some.size(), other.size()) - begin;
        int same = 0;
        while (same < most && some.get(some.size() - 1 - same).equals(other.get(other.size() - 1 - same))) {
            same++;
        }
        return same;
    }

    private Advertisement held(Advertisement peer) {
        Track track = tracks.get(peer.publicKey());
        return track == null || track.held == null ? peer : at(track.held, peer);
    }

    private static Advertisement at(Advertisement held, Advertisement peer) {
        Advertisement.Builder there = Advertisement.builder(peer.publicKey()).allowedIps(peer.allowedIps());
        held.endpoints().forEach(there::endpoint);
        held.since().ifPresent(there::since);
        return there.build();
    }

    /** Where one peer has been lately. */
    private final class Track {

        /** Endpoints that were left, and when, the earliest first. */
        private final Map<List<Endpoint>, Long> left = new LinkedHashMap<>();

        private final Deque<Long> returns = new ArrayDeque<>();
        private long movedAt;
        private @Nullable Advertisement held;

        private void moved(Advertisement from, Advertisement to, long nanos) {
            movedAt = nanos;
            left.values().removeIf(at -> nanos - at > WINDOW_NANOS);
            returns.removeIf(at -> nanos - at > WINDOW_NANOS);
            if (left.remove(to.endpoints()) != null) {
                returns.add(nanos);
            }
            left.put(from.endpoints(), nanos);
            if (left.size() > REMEMBERED) {
                left.remove(new ArrayList<>(left.keySet()).get(0));
            }
            if (held == null && returns.size() >= RETURNS) {
                held = from;
                notice.accept("peer " + from.publicKey() + " alternates between "
                        + from.endpoints().get(0) + " and "
                        + to.endpoints().get(0) + ", and is advertised at the first until it stays for a minute;"
                        + " see whether two hosts have the same private key");
            }
        }

        private boolean isQuiet(long nanos) {
            return nanos - movedAt > WINDOW_NANOS;
        }
    }
}
