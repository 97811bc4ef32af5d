package io.wgsd.server.answer.quick;

import static io.wgsd.server.answer.SampleZone.advertisement;
import static io.wgsd.server.answer.SampleZone.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.NameServer;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneNode;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.model.IpAddress;
import io.wgsd.server.Samples;
import io.wgsd.server.answer.Outcome;
import io.wgsd.server.answer.Response;
import io.wgsd.server.answer.SampleZone;
import io.wgsd.server.answer.ServedZone;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.QuickHandler;
import io.wgsd.server.zone.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The quick way of answering says what the other one says, to the byte, or nothing. */
class QuickAnswersTest {

    private static final QuerySource ASKER = new QuerySource(IpAddress.parse("10.0.0.1"), Arrival.DEVICE, Protocol.UDP);
    private static final int QUESTIONS = 100_000;
    private static final int[] USUAL = {Type.SRV, Type.TXT, Type.A, Type.AAAA, Type.PTR};

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final QuickWay quick = new QuickWay();

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_128, -7})
    void itSaysWhatTheResponderSays(long seed) {
        Random random = new Random(seed);
        List<Journal> zones = zones();
        List<List<Name>> names = zones.stream().map(QuickAnswersTest::names).toList();
        Map<Outcome, Integer> answered = new EnumMap<>(Outcome.class);
        for (int i = 0; i < QUESTIONS; i++) {
            int chosen = random.nextInt(zones.size());
            byte[] message = message(random, names.get(chosen));
            Access access = Access.values()[2 + random.nextInt(3)];

            if (answersLikeTheResponder(message, zones.get(chosen), access)) {
                answered.merge(quick.outcome(), 1, Integer::sum);
            }
        }

        // Most are usual, so that something has been compared.
        assertThat(answered.get(Outcome.ANSWERED)).isGreaterThan(QUESTIONS / 20);
        assertThat(answered.get(Outcome.NO_DATA)).isGreaterThan(QUESTIONS / 50);
        assertThat(answered.get(Outcome.NAME_ERROR)).isGreaterThan(QUESTIONS / 50);
        assertThat(answered.get(Outcome.TRUNCATED)).isGreaterThan(QUESTIONS / 1000);
    }

    @Test
    void usualQuestionsAreAnsweredQuickly() {
        Journal zone = Journal.of(SampleZone.zoneOf(1000));
        DnsSdNames names = zone.zone().options().names();
        List<Name> existing =
                List.of(names.instance(key(7)), names.unpadded(key(7)), names.host(key(7)), names.instance(key(2000)));
        for (Name name : existing) {
            for (int type : USUAL) {
                assertThat(answersLikeTheResponder(query(name, type).toWire(), zone, Access.EVERYTHING))
                        .as("%s %s", name, Type.string(type))
                        .isTrue();
            }
        }
        assertThat(answersLikeTheResponder(query(names.services(), Type.PTR).toWire(), zone, Access.EVERYTHING))
                .isTrue();
    }

    @Test
    void answersWithSignaturesAreGivenQuicklyOnceTheyHaveBeenAskedFor() {
        Journal zone = Journal.of(signed(3));
        DnsSdNames names = zone.zone().options().names();
        for (int time = 0; time < 2; time++) {
            for (Name name : List.of(names.instance(key(2)), names.unpadded(key(2)), names.host(key(2)))) {
                for (int type : USUAL) {
                    Message query = query(name, type);
                    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
                    assertThat(answersLikeTheResponder(query.toWire(), zone, Access.EVERYTHING))
                            .as("%s %s", name, Type.string(type))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void namesThatDoNotExistAreNotKeptWithSignatures() {
        Journal zone = Journal.of(signed(3));
        Message query = query(Samples.name("nobody.example.com."), Type.A);
        query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);

        assertThat(answersLikeTheResponder(query.toWire(), zone, Access.EVERYTHING))
                .isFalse();
    }

    /** They are shown to peers alone, and are in no zone. */
    @ParameterizedTest
    @ValueSource(ints = {0, ExtendedFlags.DO})
    void candidatesAreLeftToTheResponder(int flags) {
        for (Journal zone : List.of(Journal.of(SampleZone.zoneOf(3)), Journal.of(signed(3)))) {
            Message query = query(zone.zone().options().names().candidates(key(2)), Type.TXT);
            query.addRecord(new OPTRecord(1232, 0, 0, flags), Section.ADDITIONAL);

            assertThat(answersLikeTheResponder(query.toWire(), zone, Access.EVERYTHING))
                    .isFalse();
        }
    }

    @Test
    void aPeersAnswersAreMadeAgainOnlyIfItChanged() {
        List<Advertisement> peers = new ArrayList<>(peers(100));
        QuickAnswers before = QuickAnswers.of(SampleZone.zone(peers), List.of());
        peers.set(50, advertisement(peers.get(50).publicKey(), "192.0.2.99:9", List.of("10.9.9.9")));
        peers.remove(10);

        QuickAnswers after = QuickAnswers.of(SampleZone.zone(peers), List.of(before));

        List<PeerAnswers> made = new ArrayList<>(List.of(after.byKey));
        made.removeAll(List.of(before.byKey));
        assertThat(made).hasSize(1);
    }

    @Test
    void ofManyPeersThoseAreFetchedWhoseAnswersWillBeNeeded() {
        Zone zone = SampleZone.zoneOf(10_000);
        byte[][] heads = new byte[64][];
        for (int i = 0; i < heads.length; i++) {
            Name instance = zone.options().names().instance(zone.peers().get(i).publicKey());
            heads[i] = Arrays.copyOf(query(instance, Type.SRV).toWire(), QuickHandler.HEAD);
        }
        PeerAnswers[] found = new PeerAnswers[heads.length];

        QuickAnswers.of(zone, List.of()).fetch(heads, heads.length, found);

        // Some are behind another that has their place in the table.
        assertThat(IntStream.range(0, heads.length)
                        .filter(i -> found[i].hasLabel(heads[i], WireFormat.HEADER_LENGTH + 1))
                        .count())
                .isGreaterThan(heads.length / 2);
    }

    @Test
    void ofAnyBytesNothingOrAnyPeerIsFetched() {
        byte[][] heads = new byte[64][QuickHandler.HEAD];
        Random random = new Random(20_261_129);
        for (byte[] head : heads) {
            random.nextBytes(head);
        }
        QuickAnswers answers = QuickAnswers.of(SampleZone.zoneOf(10_000), List.of());
        assertThatCode(() -> answers.fetch(heads, heads.length, new PeerAnswers[heads.length]))
                .doesNotThrowAnyException();
    }

    @Test
    void ofFewPeersNothingIsFetched() {
        PeerAnswers[] found = new PeerAnswers[1];
        assertThat(QuickAnswers.of(SampleZone.zoneOf(1000), List.of()).fetch(new byte[1][QuickHandler.HEAD], 1, found))
                .isZero();
        assertThat(found).containsOnlyNulls();
    }

    private boolean answersLikeTheResponder(byte[] message, Journal zone, Access access) {
        Response expected = SampleZone.responder(zone.zone().options().names())
                .respond(message, ServedZone.fresh(zone), new Grant(access, null, true), ASKER);
        return quick.agrees(message, zone, access, expected);
    }

    private static List<Journal> zones() {
        Zone outside = Zone.of(
                ZoneOptions.builder(DnsSdNames.parse("vpn.example.org"))
                        .nameServer(NameServer.parse("ns.example.net"))
                        .instanceAddresses(false)
                        .build(),
                peers(5),
                SampleZone.SERIAL);
        Zone nested = Zone.of(
                ZoneOptions.builder(Samples.NAMES)
                        .nameServer(NameServer.parse("a.b.example.com=2001:db8::1"))
                        .nameServer(NameServer.parse("b.example.com=192.0.2.2"))
                        .build(),
                peers(5),
                SampleZone.SERIAL);
        List<Advertisement> rich = List.of(
                advertisement(key(1), "[2001:db8::9]:1", prefixes(60)),
                advertisement(key(2), "192.0.2.2:2", prefixes(30)),
                advertisement(key(3), "192.0.2.3:3", prefixes(15)));
        return List.of(
                Journal.of(SampleZone.ZONE),
                Journal.of(SampleZone.zoneOf(0)),
                Journal.of(SampleZone.zoneOf(40)),
                Journal.of(SampleZone.zoneOf(2000)),
                Journal.of(outside),
                Journal.of(nested),
                Journal.of(signed(40)),
                Journal.of(named()),
                Journal.of(signed(named())),
                Journal.of(SampleZone.zone(rich)));
    }

    /** Names that people give have names without records above them. */
    private static Zone named() {
        Zone zone = SampleZone.zoneOf(5);
        Name alice = Samples.name("alice.example.com.");
        Name service = Samples.name("_wireguard._udp.alice.example.com.");
        List<Record> records = List.of(
                new ARecord(alice, DClass.IN, 60, IpAddress.parse("10.0.0.1").toInetAddress()),
                new AAAARecord(alice, DClass.IN, 60, IpAddress.parse("fd00::1").toInetAddress()),
                new SRVRecord(
                        service,
                        DClass.IN,
                        60,
                        0,
                        0,
                        51820,
                        zone.options().names().host(key(1))));
        return Zone.of(zone.options().withMoreRecords(records), zone.peers(), SampleZone.SERIAL);
    }

    private static Zone signed(int peers) {
        return signed(SampleZone.zoneOf(peers));
    }

    private static Zone signed(Zone zone) {
        SigningKey key = SigningKey.generate(zone.options().names(), SigningAlgorithm.ED25519, NOW);
        return new ZoneSigner(List.of(key)).sign(zone, List.of(), NOW);
    }

    private static List<Advertisement> peers(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> advertisement(key(i), "192.0.2." + i + ":" + i, List.of("10.0.0." + i)))
                .toList();
    }

    private static List<String> prefixes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "10.7." + i + ".0/24").toList();
    }

    private static List<Name> names(Journal journal) {
        return journal.zone().nodes().stream().map(ZoneNode::name).toList();
    }

    private static byte[] message(Random random, List<Name> names) {
        int type = random.nextInt(4) > 0 ? USUAL[random.nextInt(USUAL.length)] : random.nextInt(300);
        Message query = query(name(random, names), type);
        query.getHeader().setID(random.nextInt(0x10000));
        for (int flag : new int[] {Flags.RD, Flags.CD, Flags.AD, Flags.TC}) {
            if (random.nextInt(4) == 0) {
                query.getHeader().setFlag(flag);
            }
        }
        if (random.nextInt(4) > 0) {
            int flags = random.nextBoolean() ? ExtendedFlags.DO : 0;
            query.addRecord(new OPTRecord(random.nextInt(2048), 0, 0, flags), Section.ADDITIONAL);
        }
        byte[] wire = query.toWire();
        if (random.nextInt(10) == 0) {
            wire[random.nextInt(wire.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(wire, random.nextInt(wire.length + 8)) : wire;
    }

    private static Message query(Name name, int type) {
        Message query = new Message(1);
        query.addRecord(Record.newRecord(name, type, DClass.IN), Section.QUESTION);
        return query;
    }

    /** Mostly a name of the zone, in any letter case, or something like it. */
    private static Name name(Random random, List<Name> names) {
        String text = names.get(random.nextInt(names.size())).toString();
        String changed = switch (random.nextInt(10)) {
            case 0 -> 'q' + text.substring(1);
            case 1 -> "x." + text;
            case 2 -> text.substring(text.indexOf('.') + 1);
            case 3 -> "_q._sub." + text;
            default -> text;
        };
        StringBuilder mixed = new StringBuilder();
        changed.chars().forEach(c -> mixed.append((char) (random.nextBoolean() ? Character.toUpperCase(c) : c)));
        return Samples.name(mixed.toString());
    }
}
