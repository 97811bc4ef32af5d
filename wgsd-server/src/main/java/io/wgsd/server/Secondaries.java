package io.wgsd.server;

import io.wgsd.model.IpAddress;
import io.wgsd.server.answer.Response;
import io.wgsd.server.secondary.Notifier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.SOARecord;

/** Who notifies secondaries, which may change while a registry runs, or be nobody. Thread-safe. */
final class Secondaries {

    private volatile @Nullable Notifier notifier;

    void notifyBy(@Nullable Notifier next) {
        notifier = next;
    }

    /** Notifies of a serial. */
    void published(SOARecord soa) {
        Notifier now = notifier;
        if (now != null) {
            now.published(soa);
        }
    }

    /** Takes note of a response that tells an address the serial. */
    void responded(IpAddress address, Response response) {
        Notifier now = notifier;
        if (now != null) {
            response.serial().ifPresent(serial -> now.seen(address, serial));
        }
    }
}
