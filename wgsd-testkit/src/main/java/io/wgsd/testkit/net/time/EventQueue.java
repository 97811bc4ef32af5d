package io.wgsd.testkit.net.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A binary heap of events that knows where each of them is, so that cancelling leaves nothing behind. */
final class EventQueue {

    private @Nullable Event[] heap = new @Nullable Event[64];
    private int size;
    private long queued;

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns when the first event is due; {@link Long#MAX_VALUE} where there is none. */
    long nextAt() {
        Event first = heap[0];
        return first == null ? Long.MAX_VALUE : first.at;
    }

    void add(Event event, long at) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        event.at = at;
        event.order = queued++;
        siftUp(event, size++);
    }

    @Nullable
    Event poll() {
        Event first = heap[0];
        if (first != null) {
            remove(first);
        }
        return first;
    }

    void remove(Event event) {
        int place = event.place;
        Event last = heap[--size];
        heap[size] = null;
        event.place = Event.NOT_QUEUED;
        if (last == null || place == size) {
            return;
        }
        siftDown(last, place);
        if (last.place == place) {
            siftUp(last, place);
        }
    }

    private void siftUp(Event event, int from) {
        int place = from;
        while (place > 0) {
            int above = (place - 1) >>> 1;
            Event parent = heap[above];
            if (parent == null || !event.isBefore(parent)) {
                break;
            }
            put(parent, place);
            place = above;
        }
        put(event, place);
    }

    private void siftDown(Event event, int from) {
        int place = from;
        while (true) {
            int below = 2 * place + 1;
            Event child = below < size ? heap[below] : null;
            Event right = below + 1 < size ? heap[below + 1] : null;
            if (child != null && right != null && right.isBefore(child)) {
                child = right;
            }
            if (child == null || !child.isBefore(event)) {
                break;
            }
            int next = child.place;
            put(child, place);
            place = next;
        }
        put(event, place);
    }

    private void put(Event event, int place) {
        heap[place] = event;
        event.place = place;
    }
}
