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
 * Verifies the TSIG signatures of requests: with a known key a client is known wherever it asks from (RFC 8945).
 *
 * <p>Immutable and thread-safe.
 */
public final class TsigVerifier {

    private final Map<Name, Key> keys;

    private record Key(TsigKey key, Access access) {}

    /**
     * Makes a verifier.
     *
     * @param keys what each key's holder may have; no two keys of one name
     */
    public TsigVerifier(Map<TsigKey, Access> keys) {
        this.keys = keys.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().name(), entry -> new Key(entry.getKey(), entry.getValue())));
    }

    /**
     * Verifies the signature of a request.
     *
     * @param message the whole message, which has been parsed as a request
     * @return what its signature is worth
     * @throws MalformedRequestException if the signature cannot be read
     */
    public VerifiedSignature verify(byte[] message) throws MalformedRequestException {
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
                ? VerifiedSignature.ofUnknownKey(tsig)
                : VerifiedSignature.of(
                        key.key, key.access, tsig, key.key.toTsig().verify(parsed, message, null));
    }
}
