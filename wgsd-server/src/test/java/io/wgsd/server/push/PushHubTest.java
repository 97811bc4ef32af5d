package io.wgsd.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.DsoTlv;
import io.wgsd.dnssd.push.PushUpdate;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.members.MembersZone;
import io.wgsd.model.IpAddress;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.PushChannel;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.StreamHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** What is pushed of the members' zone: its start of authority, to those who see it. */
class PushHubTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final Name MEMBERS = MembersZone.names(NAMES).origin();
    private static final QuerySource ALICE = source("10.0.0.1");
    private static final QuerySource BOB = source("10.0.0.2");

    private final Map<QuerySource, SOARecord> seen = new HashMap<>();
    private final Zone zone = Zone.of(ZoneOptions.builder(NAMES).build(), List.of(), 1);
    private final PushHub hub =
            new PushHub(NAMES, source -> Optional.of(zone), source -> Optional.ofNullable(seen.get(source)));
    private final Channel channel = new Channel();

    @Test
    void aMemberIsToldTheSerialAtFirstAndOfEachChange() {
        seen.put(ALICE, soa(5));
        StreamHandler alice = hub.open(ALICE, channel, message -> Collections.emptyIterator());

        List<DsoMessage> first = subscribe(alice, 1, DClass.IN);
        assertThat(first.get(0).rcode()).isEqualTo(Rcode.NOERROR);
        assertThat(update(first.get(1))).isEqualTo(new PushUpdate(List.of(), List.of(), List.of(soa(5))));
        hub.update();
        assertThat(channel.sent).as("nothing has changed").isEmpty();

        seen.put(ALICE, soa(6));
        hub.update();
        PushUpdate next = update(channel.sent.remove(0));
        assertThat(next.removed()).containsExactly(soa(5));
        assertThat(next.added()).containsExactly(soa(6));
        assertThat(channel.sent).isEmpty();
    }

    @Test
    void aPeerThatIsNoMemberIsToldOnceItIsAndOnceItIsNoMore() {
        seen.put(ALICE, soa(5));
        StreamHandler bob = hub.open(BOB, channel, message -> Collections.emptyIterator());

        assertThat(subscribe(bob, 1, DClass.IN)).hasSize(1);
        hub.update();
        assertThat(channel.sent).isEmpty();

        seen.put(BOB, soa(6));
        hub.update();
        assertThat(update(channel.sent.remove(0)).added()).containsExactly(soa(6));
        seen.clear();
        hub.update();
        assertThat(update(channel.sent.remove(0))).isEqualTo(new PushUpdate(List.of(soa(6)), List.of(), List.of()));
    }

    @Test
    void whoUnsubscribesOrIsGoneIsToldNothing() {
        StreamHandler alice = hub.open(ALICE, channel, message -> Collections.emptyIterator());
        StreamHandler bob = hub.open(BOB, channel, message -> Collections.emptyIterator());
        subscribe(alice, 1, DClass.ANY);
        subscribe(bob, 1, DClass.IN);
        alice.answer(DsoMessage.unidirectional(DsoTlv.of(DsoTlv.UNSUBSCRIBE, new byte[] {0, 1}))
                .encode());
        assertThat(channel.reserved).isEqualTo(PushHub.SUBSCRIPTION_MEMORY);
        bob.closed();

        seen.put(ALICE, soa(5));
        seen.put(BOB, soa(5));
        hub.update();

        assertThat(channel.sent).isEmpty();
    }

    @Test
    void aSubscriptionThatThereIsNoMemoryForIsRefused() {
        seen.put(ALICE, soa(5));
        channel.left = PushHub.SUBSCRIPTION_MEMORY;
        StreamHandler alice = hub.open(ALICE, channel, message -> Collections.emptyIterator());

        assertThat(subscribe(alice, 1, DClass.IN))
                .singleElement()
                .extracting(DsoMessage::rcode)
                .isEqualTo(Rcode.REFUSED);

        seen.put(ALICE, soa(6));
        hub.update();
        assertThat(channel.sent).isEmpty();
    }

    private static List<DsoMessage> subscribe(StreamHandler stream, int id, int dclass) {
        Iterator<byte[]> answer =
                stream.answer(DsoMessage.request(id, new Subscription(MEMBERS, Type.SOA, dclass).encode())
                        .encode());
        assertThat(answer).isNotNull();
        List<DsoMessage> messages = new ArrayList<>();
        answer.forEachRemaining(bytes -> messages.add(DsoMessage.parse(bytes)));
        return messages;
    }

    private static PushUpdate update(DsoMessage message) {
        return PushUpdate.parse(message.primary().orElseThrow());
    }

    private static QuerySource source(String address) {
        return new QuerySource(IpAddress.parse(address), Arrival.DEVICE, Protocol.TCP);
    }

    private static SOARecord soa(long serial) {
        return new SOARecord(MEMBERS, DClass.IN, 60, MEMBERS, MEMBERS, serial, 60, 10, 100, 60);
    }

    /** What the clients share, which takes off everything. */
    private static final class Channel implements PushChannel {

        private final List<DsoMessage> sent = new ArrayList<>();
        private long left = Long.MAX_VALUE;
        private long reserved;

        @Override
        public void send(byte[] message) {
            sent.add(DsoMessage.parse(message));
        }

        @Override
        public boolean reserve(long bytes) {
            boolean enough = bytes <= left;
            reserved += enough ? bytes : 0;
            return enough;
        }

        @Override
        public void release(long bytes) {
            reserved -= bytes;
        }

        @Override
        public void close() {}
    }
}
