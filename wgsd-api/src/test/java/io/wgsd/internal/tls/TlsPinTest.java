package io.wgsd.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsPinTest {

    private static final String PIN = "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @Test
    void aPinIsTheTextOfADigest() {
        assertThat(new TlsPin(PIN)).hasToString(PIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256/",
                "sha1/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
                "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
                "sha256/!!"
            })
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> new TlsPin(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no pin of a key");
    }
}
