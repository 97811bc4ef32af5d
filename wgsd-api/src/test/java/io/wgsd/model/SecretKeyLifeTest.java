package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret key from its making to its closing, and who equals whom meanwhile. */
class SecretKeyLifeTest {

    private static final byte[] NOTHING = {};

    @Test
    void closingWipesTheBytes() throws ReflectiveOperationException {
        SecretKey key = WgKeys.ALICE.privateKey();
        Field field = SecretKey.class.getDeclaredField("bytes");
        field.setAccessible(true);
        ByteBuffer bytes = (ByteBuffer) field.get(key);
        assertThat(bytes).isEqualTo(ByteBuffer.wrap(WgKeys.ALICE.privateBytes()));
        key.close();
        assertThat(bytes).isEqualTo(ByteBuffer.allocate(SecretKey.LENGTH));
    }

    @Test
    void theBytesAreWhereNoGarbageCollectorMovesThem() throws ReflectiveOperationException {
        Field field = SecretKey.class.getDeclaredField("bytes");
        field.setAccessible(true);
        assertThat(((ByteBuffer) field.get(WgKeys.ALICE.privateKey())).isDirect())
                .isTrue();
    }

    @Test
    void mayBeClosedTwice() {
        SecretKey key = WgKeys.ALICE.privateKey();
        key.close();
        assertThatCode(key::close).doesNotThrowAnyException();
    }

    static Stream<Consumer<SecretKey>> usesOfTheBytes() {
        return Stream.of(
                SecretKey::toBytes,
                SecretKey::toBase64,
                SecretKey::toHex,
                SecretKey::isZero,
                SecretKey::copy,
                SecretKey::publicKey);
    }

    @ParameterizedTest
    @MethodSource("usesOfTheBytes")
    void cannotBeUsedOnceClosed(Consumer<SecretKey> use) {
        SecretKey key = WgKeys.ALICE.privateKey();
        key.close();
        ThrowingCallable late = () -> use.accept(key);
        assertThatThrownBy(late).isInstanceOf(IllegalStateException.class).hasMessage("this secret key is closed");
    }

    @Test
    void aCopyOutlivesItsOriginal() {
        SecretKey key = WgKeys.ALICE.privateKey();
        SecretKey copy = key.copy();
        key.close();
        assertThat(copy.toBytes()).isEqualTo(WgKeys.ALICE.privateBytes());
    }

    @Test
    void anOriginalOutlivesItsCopy() {
        SecretKey key = WgKeys.ALICE.privateKey();
        key.copy().close();
        assertThat(key.toBytes()).isEqualTo(WgKeys.ALICE.privateBytes());
    }

    @Test
    void equalsAKeyOfTheSameBytes() {
        assertThat(WgKeys.ALICE.privateKey())
                .isEqualTo(WgKeys.ALICE.privateKey())
                .isNotEqualTo(WgKeys.BOB.privateKey())
                .isNotEqualTo(WgKeys.ALICE.privateBytes());
    }

    @Test
    void hasAHashCodeThatShowsNothing() {
        assertThat(WgKeys.ALICE.privateKey()).hasSameHashCodeAs(WgKeys.BOB.privateKey());
    }

    @Test
    void equalsOnlyItselfOnceClosed() {
        SecretKey closed = SecretKey.copyOf(new byte[32]);
        SecretKey alsoClosed = SecretKey.copyOf(new byte[32]);
        SecretKey open = SecretKey.copyOf(new byte[32]);
        closed.close();
        alsoClosed.close();
        assertThat(closed).isEqualTo(closed).isNotEqualTo(alsoClosed).isNotEqualTo(open);
        assertThat(open).isNotEqualTo(closed);
    }

    @Test
    @Timeout(30)
    void isNeverSeenHalfWiped() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 500; i++) {
                SecretKey key = WgKeys.ALICE.privateKey();
                List<Callable<byte[]>> race = List.of(() -> bytesOrNone(key), () -> {
                    key.close();
                    return NOTHING;
                });
                assertThat(threads.invokeAll(race).get(0).get()).isIn(NOTHING, WgKeys.ALICE.privateBytes());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Timeout(30)
    void twoKeysMayBeComparedBothWaysAtOnce() throws Exception {
        SecretKey one = WgKeys.ALICE.privateKey();
        SecretKey other = one.copy();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Boolean>> race = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                race.add(() -> one.equals(other));
                race.add(() -> other.equals(one));
            }
            assertThat(threads.invokeAll(race, 20, TimeUnit.SECONDS)).noneMatch(result -> result.isCancelled());
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] bytesOrNone(SecretKey key) {
        try {
            return key.toBytes();
        } catch (IllegalStateException e) {
            return NOTHING;
        }
    }
}
