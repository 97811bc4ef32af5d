package io.wgsd.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.wire.Mac1;
import io.wgsd.relay.wire.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link RelayCore} under packets that mean harm, in virtual time: none moves a return path, makes a table grow
 * beyond its bound, or costs an honest member's session.
 */
class HostileTest {

    private static final int PACKETS = 100_000;
    private static final long PACKETS_PER_SECOND = 50_000;

    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);
    private final TestPeer mallory = new TestPeer(3);
    private final TestPeer stranger = new TestPeer(4);
    private final RelayWorld world = new RelayWorld(alice, bob, mallory);
    private final TestPeer aliceToBob = new TestPeer(1, 11);
    private final TestPeer bobToAlice = new TestPeer(2, 12);
    private final Random random = new Random(7);

    HostileTest() {
        world.attach(alice);
        world.attach(bob);
        world.attach(mallory);
        world.connect(aliceToBob, bobToAlice);
    }

    @Test
    void strangersWithTheRelaysMac1AndMembersMac1() {
        byte[] toRelay = stranger.initiation(world.relay.key());
        byte[] toBob = stranger.initiation(bob.key());
        attack(i -> i % 2 == 0 ? toRelay : toBob, i -> anywhere());
        assertThat(world.tally.of(Outcome.COOKIE)).isPositive();
    }

    @Test
    void dataFromMadeUpSourcesWithRightAndWrongIndices() {
        attack(i -> data(aliceToBob, i % 2 == 0), i -> anywhere());
        assertThat(world.forwarded).isLessThan(200);
    }

    @Test
    void dataFromTheMembersOwnSourcesWithWrongIndices() {
        attack(i -> data(aliceToBob, false), i -> world.source(i % 2 == 0 ? alice : bob));
        assertThat(world.tally.of(Outcome.UNKNOWN_TARGET)).isEqualTo(PACKETS);
    }

    @Test
    void anothersIndicesUsedByAMember() {
        attack(i -> data(aliceToBob, true), i -> world.source(mallory));
        assertThat(world.forwarded).isZero();
    }

    @Test
    void handshakesThatWereRecordedComeAgainInAnyOrder() {
        List<byte[]> recorded = new ArrayList<>(world.recorded);
        attack(
                i -> recorded.get(random.nextInt(recorded.size())),
                i -> random.nextBoolean() ? anywhere() : world.source(i % 3 == 0 ? alice : i % 3 == 1 ? bob : mallory));
    }

    @Test
    void aMemberThatBeginsHandshakesWithAnIndexThatIsInUse() {
        int inUse = Messages.receiver(bobToAlice.keepalive());
        attack(
                i -> {
                    byte[] initiation = world.malloryKeys.initiation(bob.key());
                    Messages.putWord(initiation, Messages.SENDER, inUse);
                    Mac1.of(bob.key()).write(initiation);
                    return initiation;
                },
                i -> world.source(mallory),
                2_000);
        assertThat(world.forwarded).as("those whose index leads to Alice").isZero();
    }

    @Test
    void aMemberThatFloodsAnotherWithHandshakes() {
        byte[] initiation = mallory.initiation(bob.key());
        attack(
                i -> {
                    Messages.putWord(initiation, Messages.SENDER, i);
                    Mac1.of(bob.key()).write(initiation);
                    return initiation;
                },
                i -> world.source(mallory));
        assertThat(world.forwarded).isLessThan(20);
    }

    @Test
    void aMemberThatSearchesForKeysThatNobodyHas() {
        attack(
                i -> {
                    byte[] initiation = new byte[Messages.INITIATION_LENGTH];
                    random.nextBytes(initiation);
                    Messages.putWord(initiation, 0, Messages.INITIATION);
                    return initiation;
                },
                i -> world.source(mallory));
        assertThat(world.forwarded).isZero();
    }

    @Test
    void aMemberThatWritesEverybodysSourcesOnItsKeepalives() {
        attack(i -> mallory.keepalive(), i -> world.source(i % 2 == 0 ? alice : bob), 5_000);
    }

    @Test
    void bytesOfAnyKind() {
        attack(
                i -> {
                    byte[] bytes = new byte[random.nextInt(200)];
                    random.nextBytes(bytes);
                    if (bytes.length > 3) {
                        Messages.putWord(bytes, 0, random.nextInt(6));
                    }
                    return bytes;
                },
                i -> random.nextBoolean() ? anywhere() : world.source(alice));
    }

    @Test
    @Tag("release")
    void aMillionOfAllKinds() {
        byte[] toRelay = stranger.initiation(world.relay.key());
        byte[] toBob = mallory.initiation(bob.key());
        List<byte[]> recorded = new ArrayList<>(world.recorded);
        attack(
                i -> switch (random.nextInt(6)) {
                    case 0 -> toRelay;
                    case 1 -> toBob;
                    case 2 -> data(aliceToBob, true);
                    case 3 -> data(bobToAlice, false);
                    default -> recorded.get(random.nextInt(recorded.size()));
                },
                i -> switch (random.nextInt(4)) {
                    case 0 -> world.source(alice);
                    case 1 -> world.source(bob);
                    case 2 -> world.source(mallory);
                    default -> anywhere();
                },
                1_000_000);
    }

    private void attack(IntFunction<byte[]> packet, IntFunction<Source> from) {
        attack(packet, from, PACKETS);
    }

    /** Sends so many, while Alice and Bob talk, and looks whether all is as it was. */
    private void attack(IntFunction<byte[]> packet, IntFunction<Source> from, int count) {
        int lost = 0;
        int sent = 0;
        world.forwarded = 0;
        int routes = world.core.forwarding().routes();
        for (int i = 0; i < count; i++) {
            if (i % 1000 == 0) {
                sent += 2;
                lost += world.delivers(aliceToBob, bobToAlice) ? 0 : 1;
                lost += world.delivers(bobToAlice, aliceToBob) ? 0 : 1;
            }
            world.pass(1_000_000_000 / PACKETS_PER_SECOND);
            world.receive(packet.apply(i), from.apply(i));
        }
        assertThat(lost).as("of %d honest packets", sent).isZero();
        assertThat(world.whereIs(alice)).isEqualTo(world.source(alice));
        assertThat(world.whereIs(bob)).isEqualTo(world.source(bob));
        assertThat(world.core.forwarding().routes()).isLessThanOrEqualTo(routes);
        assertThat(world.mostEntries).as("pending, held and pairs").isLessThan(100);
    }

    private byte[] data(TestPeer peer, boolean rightIndex) {
        byte[] data = new byte[148];
        random.nextBytes(data);
        Messages.putWord(data, 0, Messages.DATA);
        int right = Messages.receiver(peer.keepalive());
        Messages.putWord(data, Messages.RECEIVER, rightIndex ? right : random.nextInt());
        return data;
    }

    private Source anywhere() {
        return Source.of(0, 0xffff_0000_0000L | random.nextInt() & 0xffff_ffffL, 1 + random.nextInt(65_000));
    }
}
