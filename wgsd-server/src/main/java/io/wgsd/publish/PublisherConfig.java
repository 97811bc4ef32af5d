package io.wgsd.publish;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.internal.Threads;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/**
 * How a zone is published: the values that were set, checked, and the defaults.
 *
 * <p>Only the builder changes it; what is started gets a copy. Not thread-safe.
 */
final class PublisherConfig {

    final DnsSdNames names;
    final InetSocketAddress primary;
    final TsigKey key;
    final PublicKey registry;
    Duration lease = Duration.ofMinutes(10);
    Duration checkInterval = Duration.ofSeconds(5);
    Duration timeout = Duration.ofSeconds(10);
    TimeSource clock = TimeSource.system();
    Publisher.Listener listener = new LoggingListener();
    ThreadFactory threadFactory;

    PublisherConfig(DnsSdNames names, InetSocketAddress primary, TsigKey key, PublicKey registry) {
        if (Objects.requireNonNull(primary, "primary").isUnresolved() || primary.getPort() == 0) {
            throw new IllegalArgumentException(
                    "primary must be a numeric address and a port of 1..65535, was " + primary);
        }
        this.names = Objects.requireNonNull(names, "names");
        this.primary = primary;
        this.key = Objects.requireNonNull(key, "key");
        this.registry = Objects.requireNonNull(registry, "registry");
        threadFactory = Threads.daemons("wgsd-publisher-" + names.origin().toString(true));
    }

    PublisherConfig(PublisherConfig other) {
        this(other.names, other.primary, other.key, other.registry);
        lease = other.lease;
        checkInterval = other.checkInterval;
        timeout = other.timeout;
        clock = other.clock;
        listener = other.listener;
        threadFactory = other.threadFactory;
    }

    void lease(Duration value) {
        lease = checkRange("lease", value, Duration.ofSeconds(2), Duration.ofDays(1));
    }

    void checkInterval(Duration value) {
        checkInterval = checkRange("checkInterval", value, Duration.ofMillis(100), Duration.ofHours(1));
    }

    void timeout(Duration value) {
        timeout = checkRange("timeout", value, Duration.ofSeconds(1), Duration.ofMinutes(10));
    }

    private static Duration checkRange(String name, Duration value, Duration least, Duration most) {
        if (Objects.requireNonNull(value, name).compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", was " + value);
        }
        return value;
    }
}
