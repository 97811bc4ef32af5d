package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.transport.NetlinkSockets;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lends conversations with the kernel, and keeps a few of them for the next calls: a socket that has received once gets
 * longer datagrams at its next dump. So no caller waits for another. Thread-safe.
 */
final class Conversations implements AutoCloseable {

    /** What is done over a conversation. */
    interface Use<T> {
        T with(Conversation conversation) throws IOException;
    }

    private final NetlinkSockets sockets;
    private final BlockingQueue<Conversation> idle = new ArrayBlockingQueue<>(4);
    private volatile boolean closed;

    Conversations(NetlinkSockets sockets) {
        this.sockets = sockets;
    }

    /** Uses a conversation with generic netlink. */
    <T> T use(Operation operation, Use<T> use) throws IOException {
        operation.check();
        Conversation conversation = idle.poll();
        if (conversation == null) {
            conversation = new Conversation(sockets.open(NetlinkSockets.GENERIC));
        }
        try {
            return use.with(conversation);
        } finally {
            giveBack(conversation);
        }
    }

    /** Uses a conversation with the kernel's routing part, which is not kept. */
    <T> T useRoute(Operation operation, Use<T> use) throws IOException {
        operation.check();
        Conversation conversation = new Conversation(sockets.open(NetlinkSockets.ROUTE));
        try {
            return use.with(conversation);
        } finally {
            conversation.close();
        }
    }

    /** Closes those that are idle; those in use are closed when they are given back. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private void giveBack(Conversation conversation) {
        if (!conversation.isComplete()) {
            conversation.close();
            return;
        }
        conversation.wipe();
        if (!idle.offer(conversation)) {
            conversation.close();
        }
        if (closed) {
            closeIdle();
        }
    }

    private void closeIdle() {
        for (Conversation left = idle.poll(); left != null; left = idle.poll()) {
            left.close();
        }
    }
}
