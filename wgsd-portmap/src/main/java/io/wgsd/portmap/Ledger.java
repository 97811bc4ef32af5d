package io.wgsd.portmap;

import io.wgsd.portmap.protocol.Held;
import io.wgsd.portmap.state.StateText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Knows what routers may hold for this host, and keeps it in the store. Not thread-safe. */
final class Ledger {

    private final PortMapperStore store;
    private final PortMapperListener listener;
    private final List<Held> entries = new ArrayList<>();
    private boolean failing;

    Ledger(PortMapperStore store, PortMapperListener listener) {
        this.store = store;
        this.listener = listener;
    }

    /** Reads what an earlier process has left; what cannot be read is given up, since it ends by itself. */
    void load() {
        try {
            Optional<byte[]> bytes = store.load();
            if (bytes.isPresent()) {
                entries.addAll(StateText.read(bytes.get()));
            }
        } catch (IOException e) {
            listener.storeFailed(
                    "what was mapped before is not known, and ends by itself: " + store + ": " + e.getMessage());
        }
    }

    /** Returns what a router may hold of these. */
    Optional<Held> find(MappingProtocol protocol, Gateway gateway, int internalPort) {
        return entries.stream()
                .filter(each -> each.protocol() == protocol
                        && each.gateway().equals(gateway)
                        && each.internalPort() == internalPort)
                .findFirst();
    }

    List<Held> of(Gateway gateway) {
        return entries.stream()
                .filter(each -> each.gateway().address().equals(gateway.address()))
                .toList();
    }

    void keep(Held held) {
        entries.removeIf(held::isSameAs);
        entries.add(0, held);
        while (entries.size() > StateText.MOST) {
            entries.remove(entries.size() - 1);
        }
        save();
    }

    void drop(Held held) {
        if (entries.removeIf(held::isSameAs)) {
            save();
        }
    }

    /** Forgets what has ended by itself. */
    void dropEnded(Instant now) {
        if (entries.removeIf(each -> each.until().isBefore(now))) {
            save();
        }
    }

    private void save() {
        try {
            store.save(StateText.write(entries));
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                listener.storeFailed(
                        "what is mapped is not kept, so that after a crash it stays until it ends by itself: "
                                + e.getMessage());
            }
        }
    }
}
