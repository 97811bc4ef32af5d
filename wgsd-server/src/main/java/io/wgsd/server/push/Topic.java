package io.wgsd.server.push;

import io.wgsd.dnssd.push.Subscription;
import java.util.HashSet;
import java.util.Set;

/**
 * What some have subscribed to, and who.
 *
 * @param subscription name, type and class, one object for all of them
 * @param sessions their sessions
 */
record Topic(Subscription subscription, Set<PushSession> sessions) {

    Topic(Subscription subscription) {
        this(subscription, new HashSet<>());
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return subscription.hashCode();
    }
}
