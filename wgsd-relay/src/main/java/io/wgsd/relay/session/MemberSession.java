package io.wgsd.relay.session;

import io.wgsd.internal.Rate;
import io.wgsd.internal.TokenBucket;
import io.wgsd.relay.noise.ReceivedCookie;
import io.wgsd.relay.noise.Timestamp;
import io.wgsd.relay.roster.Member;
import org.jspecify.annotations.Nullable;

/** What the relay knows of its sessions with one member; plain data of {@link Sessions}. */
final class MemberSession {

    /** WireGuard begins a handshake every five seconds at most; restarted ones come in between. */
    private static final Rate HANDSHAKES = new Rate(1, 20);

    final Member member;
    final TokenBucket handshakes = new TokenBucket(HANDSHAKES);
    Timestamp greatest = Timestamp.NONE;
    /** When something authentic came last; a member that was never heard has no source. */
    long heard;

    /** The keys with which the relay answers. */
    @Nullable
    Keypair current;
    /** Those before, with which packets may still arrive. */
    @Nullable
    Keypair previous;
    /** Those of a handshake that the member has begun, until it has sent something with them. */
    @Nullable
    Keypair next;

    /** The relay's attempt to begin a session where the member is known to be. */
    @Nullable
    Attempt attempt;
    /** The relay's question whether the member is at another source. */
    @Nullable
    Attempt challenge;

    /** When the latest initiation to it was sent; null where none was. */
    @Nullable
    Long initiated;

    @Nullable
    ReceivedCookie cookie;

    long cookieCame;

    MemberSession(Member member) {
        this.member = member;
    }
}
