package io.wgsd.server.answer.access;

import io.wgsd.dnssd.TsigKey;
import io.wgsd.server.answer.wire.MalformedRequestException;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIGRecord;

/**
 * The keys by which askers are known wherever they ask from (RFC 8945).
 *
 * <p>Immutable and thread-safe.
 */
public final class Keyring {

    private final Map<Name, Key> keys;

    private record Key(TsigKey key, Access access) {}

    /**
     * Makes a keyring.
     *
     * @param keys what each key's holder may have; no two keys of one name
     */
    public Keyring(Map<TsigKey, Access> keys) {
        this.keys = keys.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().name(), entry -> new Key(entry.getKey(), entry.getValue())));
    }

    /**
     * Looks into a signed message.
     *
     * @param message the whole message, which has been parsed as a request
     * @return what its signature is worth
     * @throws MalformedRequestException if the signature cannot be read
     */
    public RequestSignature check(byte[] message) throws MalformedRequestException {
        Message parsed;
        try {
            parsed = new Message(message);
        } catch (IOException | RuntimeException e) {
            throw new MalformedRequestException("a signed message that cannot be read");
        }
        TSIGRecord tsig = parsed.getTSIG();
        if (tsig == null) {
            throw new MalformedRequestException("no signature where there is to be one");
        }
        Key key = keys.get(tsig.getName());
        return key == null
                ? RequestSignature.ofUnknownKey(tsig)
                : RequestSignature.of(
                        key.key, key.access, tsig, key.key.toTsig().verify(parsed, message, null));
    }
}
