package io.wgsd.backend.uapi.codec;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.nio.charset.StandardCharsets;

/** Keys and answers that several tests use. */
public final class Texts {

    public static final String BOB = "b85996fecc9c7f1fc6d2572a76eda11d59bcd20be8e543b15ce4bd85a8e75a33";

    public static final String CAROL = "58402e695ba1772b1cc9309755f043251ea77fdcf10fbe63989ceb7e19321376";

    public static final PublicKey BOB_KEY = PublicKey.parseHex(BOB);
    public static final PublicKey CAROL_KEY = PublicKey.parseHex(CAROL);

    /** A private key as wireguard-go keeps it: clamped. */
    public static final String PRIVATE = "e84b5a6d2717c1003a13b431570353dbaca9146cf150c5f8575680feba52027a";

    public static final String PRESHARED = "188515093e952f5f22e865cef3012e72f8b5f0b598ac0309d5dacce3b70fcf52";
    public static final String ZEROS = "0000000000000000000000000000000000000000000000000000000000000000";

    /** As wireguard-go 0.0.20220316 answers. */
    public static final String WIREGUARD_GO = """
            private_key=%s
            listen_port=51820
            fwmark=51820
            public_key=%s
            preshared_key=%s
            protocol_version=1
            endpoint=192.0.2.1:51820
            last_handshake_time_sec=1700000000
            last_handshake_time_nsec=123456789
            tx_bytes=18446744073709551615
            rx_bytes=2224
            persistent_keepalive_interval=25
            allowed_ip=10.0.0.2/32
            allowed_ip=fd00::2/128
            public_key=%s
            preshared_key=%s
            protocol_version=1
            last_handshake_time_sec=0
            last_handshake_time_nsec=0
            tx_bytes=0
            rx_bytes=0
            persistent_keepalive_interval=0
            errno=0

            """.formatted(PRIVATE, BOB, PRESHARED, CAROL, ZEROS);

    /** As boringtun's api_get writes. */
    public static final String BORINGTUN = """
            own_public_key=%s
            listen_port=51820
            public_key=%s
            preshared_key=%s
            persistent_keepalive_interval=25
            endpoint=192.0.2.1:51820
            allowed_ip=10.0.0.2/32
            last_handshake_time_sec=100
            last_handshake_time_nsec=500000000
            rx_bytes=2224
            tx_bytes=1304
            errno=0

            """.formatted(CAROL, BOB, PRESHARED);

    private Texts() {}

    public static SecretKey secret(String hex) {
        return SecretKey.parseHex(hex.getBytes(StandardCharsets.US_ASCII));
    }
}
