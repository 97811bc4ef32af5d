package io.wgsd.model;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Keys as the real tools print them: {@code wg genkey | tee private | wg pubkey}, then hex and base32 of the public
 * one.
 */
public record WgKeys(
        String privateBase64, String privateHex, String publicBase64, String publicHex, String publicBase32) {

    public static final WgKeys ALICE = new WgKeys(
            "wBMJp41o/Bqo1xhfECrkVaGZo64LqzYzyNJ0iQv3HmU=",
            "c01309a78d68fc1aa8d7185f102ae455a199a3ae0bab3633c8d274890bf71e65",
            "dewhMla8VCh3iz3UG32C1Vyqo6SmnnJBT9OwCmFu6BY=",
            "75ec213256bc5428778b3dd41b7d82d55caaa3a4a69e72414fd3b00a616ee816",
            "oxwccmswxrkcq54lhxkbw7mc2vokvi5eu2pheqkp2oyauylo5ala");

    public static final WgKeys BOB = new WgKeys(
            "CHOyIjdZvM3l9nKmvZ9aR2wEHqGFkpMRhtjXYzR3llo=",
            "0873b2223759bccde5f672a6bd9f5a476c041ea18592931186d8d7633477965a",
            "5ptJPOBBJth1Ei3EMJaSucaEFSqRv/+Of4nTgt+SY1E=",
            "e69b493ce04126d875122dc4309692b9c684152a91bfff8e7f89d382df926351",
            "42nusphaietnq5isfxcdbfusxhdiifjksg777dt7rhjyfx4smniq");

    public static final WgKeys CAROL = new WgKeys(
            "0Oco1IM2B7i5hqH4iqTydGqcPR97ieONb9Ucxs7qLlg=",
            "d0e728d4833607b8b986a1f88aa4f2746a9c3d1f7b89e38d6fd51cc6ceea2e58",
            "l1WrEDC14bt4Ml8t5KW6qWsMh4/qMVr/Ry5vwE0kgwU=",
            "9755ab1030b5e1bb78325f2de4a5baa96b0c878fea315aff472e6fc04d248305",
            "s5k2webqwxq3w6bsl4w6jjn2vfvqzb4p5iyvv72hfzx4atjeqmcq");

    static Stream<WgKeys> all() {
        return Stream.of(ALICE, BOB, CAROL);
    }

    public PublicKey publicKey() {
        return PublicKey.parse(publicBase64);
    }

    public SecretKey privateKey() {
        return SecretKey.parseBase64(privateBase64.getBytes(StandardCharsets.US_ASCII));
    }

    public byte[] publicBytes() {
        return HexFormat.of().parseHex(publicHex);
    }

    public byte[] privateBytes() {
        return HexFormat.of().parseHex(privateHex);
    }

    /** Returns the next 32 bytes of a seeded generator, so that a failure comes again. */
    static byte[] next(Random seeded) {
        byte[] bytes = new byte[32];
        seeded.nextBytes(bytes);
        return bytes;
    }
}
