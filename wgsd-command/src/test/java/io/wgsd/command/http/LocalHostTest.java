package io.wgsd.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHostTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:9586",
                "127.0.0.1",
                "127.0.0.1:9586",
                "127.8.8.8:80",
                "[::1]",
                "[::1]:9586"
            })
    void loopbackIsNamedSo(String header) {
        assertThat(LocalHost.isNamedBy(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example.com",
                "evil.example.com:9586",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "192.0.2.1",
                "[2001:db8::1]",
                "0.0.0.0",
                "[::]",
                "127.1",
                "localhost:port",
                "127.0.0.1@example.com",
                "localhost localhost"
            })
    void allElseIsNot(String header) {
        assertThat(LocalHost.isNamedBy(header)).isFalse();
    }
}
