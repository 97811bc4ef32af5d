package io.wgsd.server.answer.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies by the vectors of RFC 9018, appendix A, and how long they are good. */
class CookiesTest {

    private static final IpAddress CLIENT = IpAddress.parse("198.51.100.100");
    private static final byte[] CLIENT_COOKIE = {1, 2, 3, 4, 5, 6, 7, 8};

    private Instant now = Instant.ofEpochSecond(1_767_268_800L);
    private final InstantSource clock = () -> now;
    private final Cookies cookies = new Cookies(clock, new Random(1));

    @ParameterizedTest
    @CsvSource({
        "198.51.100.100, 2464c4abcf10c957, 1559731985, e5e973e5a6b2a43f48e7dc849e37bfcf,"
                + " 010000005cf79f111f8130c3eee29480",
        "198.51.100.100, 2464c4abcf10c957, 1559734385, e5e973e5a6b2a43f48e7dc849e37bfcf,"
                + " 010000005cf7a871d4a564a1442aca77",
        "2001:db8:220:1:59de:d0f4:8769:82b8, 22681ab97d52c298, 1559741961, 445536bcd2513298075a5d379663c962,"
                + " 010000005cf7c609a6bb79d16625507a",
    })
    void aCookieIsAsTheStandardHasIt(String client, String clientCookie, long time, String secret, String server) {
        now = Instant.ofEpochSecond(time);
        Cookies standard = new Cookies(clock, secretOf(secret));

        byte[] cookie = standard.make(HexFormat.of().parseHex(clientCookie), IpAddress.parse(client));

        assertThat(HexFormat.of().formatHex(cookie)).isEqualTo(clientCookie + server);
        assertThat(standard.isGood(cookie, IpAddress.parse(client))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, true", "PT1H, true", "PT1H1S, false", "PT-5M, true", "PT-5M-1S, false"})
    void aCookieIsGoodForAnHour(Duration age, boolean good) {
        byte[] cookie = cookies.make(CLIENT_COOKIE, CLIENT);

        now = now.plus(age);

        assertThat(cookies.isGood(cookie, CLIENT)).isEqualTo(good);
    }

    @Test
    void aCookieIsGoodOnlyWhereItWasSent() {
        byte[] cookie = cookies.make(CLIENT_COOKIE, CLIENT);

        assertThat(cookies.isGood(cookie, IpAddress.parse("198.51.100.101"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 12, 15, 16, 23})
    void aChangedCookieIsNoGood(int changed) {
        byte[] cookie = cookies.make(CLIENT_COOKIE, CLIENT);

        cookie[changed] ^= 1;

        assertThat(cookies.isGood(cookie, CLIENT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 23, 25, 40})
    void aCookieOfAnotherLengthIsNoGood(int length) {
        byte[] cookie = cookies.make(CLIENT_COOKIE, CLIENT);

        assertThat(cookies.isGood(Arrays.copyOf(cookie, length), CLIENT)).isFalse();
    }

    @Test
    void aCookieOutlivesTheChangeOfTheSecret() {
        now = now.plus(Duration.ofHours(23).plusMinutes(45));
        byte[] cookie = cookies.make(CLIENT_COOKIE, CLIENT);

        now = now.plus(Duration.ofMinutes(30));

        assertThat(cookies.isGood(cookie, CLIENT)).isTrue();
        assertThat(cookies.make(CLIENT_COOKIE, CLIENT)).doesNotContain(Arrays.copyOfRange(cookie, 16, 24));
    }

    /** Hands a secret out as its two little-endian words. */
    private static RandomGenerator secretOf(String hex) {
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
        return words::getLong;
    }
}
