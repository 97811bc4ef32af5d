package io.wgsd.command.status;

import io.wgsd.model.PublicKey;

/** Keys in a table: whole where there is room. */
final class ShortKey {

    /** From here on there is room for whole keys. */
    private static final int WIDE = 120;

    private static final int LENGTH = 8;

    private ShortKey() {}

    /** Returns a key, or how it begins, for so many columns. */
    static String of(PublicKey publicKey, int width) {
        String key = publicKey.toBase64();
        return width < WIDE ? key.substring(0, LENGTH) + ".." : key;
    }
}
