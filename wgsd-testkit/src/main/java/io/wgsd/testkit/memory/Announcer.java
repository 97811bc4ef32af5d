package io.wgsd.testkit.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Reports changes to listeners in the order in which they were made, also where a listener makes another change while
 * it is called; {@link #tell} is guarded by the lock of its {@link World}.
 */
final class Announcer {

    private final List<MemoryListener> listeners = new CopyOnWriteArrayList<>();
    private final Deque<Runnable> untold = new ArrayDeque<>();
    private boolean telling;

    void add(MemoryListener listener) {
        listeners.add(listener);
    }

    void remove(MemoryListener listener) {
        listeners.remove(listener);
    }

    void tell(MemoryDevice device, List<MemoryEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        untold.add(() -> listeners.forEach(listener -> listener.changed(device, events)));
        if (telling) {
            return;
        }
        telling = true;
        try {
            for (Runnable next = untold.poll(); next != null; next = untold.poll()) {
                next.run();
            }
        } finally {
            telling = false;
            untold.clear();
        }
    }
}
