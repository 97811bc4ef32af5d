package io.wgsd.testkit.net.wireguard;

import org.jspecify.annotations.Nullable;

/**
 * A peer's sessions: the one in use, the one before, and one that awaits confirmation (drivers/net/wireguard/noise.c).
 */
final class Keypairs {

    private final IndexTable indices;
    private @Nullable Keypair current;
    private @Nullable Keypair previous;
    private @Nullable Keypair next;

    Keypairs(IndexTable indices) {
        this.indices = indices;
    }

    @Nullable
    Keypair current() {
        return current;
    }

    /** As add_new_keypair: an initiator's is in use at once, a responder's only once it has been heard. */
    void add(Keypair fresh) {
        drop(previous);
        if (!fresh.initiator) {
            previous = null;
            drop(next);
            next = fresh;
            return;
        }
        if (next != null) {
            drop(current);
            previous = next;
            next = null;
        } else {
            previous = current;
        }
        current = fresh;
    }

    /** As wg_noise_received_with_keypair: returns whether this confirmed the session that awaited it. */
    boolean heard(Keypair keypair) {
        if (keypair != next) {
            return false;
        }
        drop(previous);
        previous = current;
        current = keypair;
        next = null;
        return true;
    }

    /** As wg_noise_expire_current_peer_keypairs: nothing is sent any more, but what is under way is still received. */
    void expire() {
        if (next != null) {
            next.canSend = false;
        }
        if (current != null) {
            current.canSend = false;
        }
    }

    void clear() {
        drop(next);
        drop(previous);
        drop(current);
        next = null;
        previous = null;
        current = null;
    }

    private void drop(@Nullable Keypair keypair) {
        if (keypair != null) {
            indices.remove(keypair.localIndex, keypair);
        }
    }
}
