package io.wgsd.relay.forward;

import io.wgsd.relay.roster.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Initiations that wait: for their member to be attached, or to see whether the other side's is answered. Of each
 * pair the newest waits. Not thread-safe.
 */
final class Held {

    /** One of them. */
    static final class Message {

        private final byte[] message;
        private final Member from;
        private final Member to;
        private final long due;
        private final long expires;

        Message(byte[] message, Pair pair, long due, long expires) {
            this.message = message;
            from = pair.from;
            to = pair.to;
            this.due = due;
            this.expires = expires;
        }

        byte[] message() {
            return message;
        }

        Member from() {
            return from;
        }

        Member to() {
            return to;
        }

        /** Returns when it is sent in any case; {@link #NEVER} where it waits for its member. */
        long due() {
            return due;
        }

        /** Returns until when it waits. */
        long expires() {
            return expires;
        }

        boolean isOf(Member sender, Member receiver) {
            return from == sender && to == receiver;
        }
    }

    static final long NEVER = Long.MAX_VALUE;

    private final Deque<Message> messages = new ArrayDeque<>();

    /** Adds one, and returns the older one of the same pair that it replaces, if any, and all that have expired. */
    List<Message> add(Message message, long now) {
        List<Message> gone = take(other -> now >= other.expires || other.isOf(message.from, message.to));
        messages.add(message);
        return gone;
    }

    /** Takes out what a condition holds for. */
    List<Message> take(Predicate<Message> condition) {
        List<Message> taken = new ArrayList<>();
        for (Iterator<Message> all = messages.iterator(); all.hasNext(); ) {
            Message next = all.next();
            if (condition.test(next)) {
                taken.add(next);
                all.remove();
            }
        }
        return taken;
    }

    int size() {
        return messages.size();
    }
}
