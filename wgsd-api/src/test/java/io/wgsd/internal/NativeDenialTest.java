package io.wgsd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeDenialTest {

    private final IllegalCallerException denial = new IllegalCallerException("no");

    @Test
    void itIsFoundBehindWhatItLedTo() {
        assertThat(NativeDenial.origin(new ExceptionInInitializerError(denial))).isSameAs(denial);
    }

    @Test
    void aTextOfItIsEnough() {
        assertThat(NativeDenial.isDenial(new UnsatisfiedLinkError("could not load: " + denial)))
                .isTrue();
    }

    @Test
    void anotherFailureIsTracedToItsFirstCause() {
        Throwable missing = new UnsatisfiedLinkError("libjffi");

        assertThat(NativeDenial.origin(new RuntimeException(missing))).isSameAs(missing);
        assertThat(NativeDenial.isDenial(missing)).isFalse();
    }

    @Test
    void theFlagNamesTheModuleOnTheModulePathOnly() {
        assertThat(NativeDenial.remedy(Object.class.getModule(), "com.sun.jna")).endsWith("=com.sun.jna");
        assertThat(NativeDenial.remedy(getClass().getModule(), "com.sun.jna")).endsWith("=ALL-UNNAMED");
    }
}
