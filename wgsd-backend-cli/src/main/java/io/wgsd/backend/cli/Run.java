package io.wgsd.backend.cli;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code wg} that changes a device.
 *
 * @param words its arguments, which hold no secret
 * @param key a borrowed key that it reads from standard input; null for none
 * @param configuration what {@code wg addconf} reads from standard input instead of arguments; null for none
 * @param completes the peers whose steps are done after it
 */
record Run(
        List<String> words,
        @Nullable SecretKey key,
        @Nullable String configuration,
        List<PublicKey> completes) {}
