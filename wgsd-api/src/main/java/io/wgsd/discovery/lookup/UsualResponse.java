package io.wgsd.discovery.lookup;

import io.wgsd.discovery.exchange.Response;
import io.wgsd.discovery.exchange.ServiceResponse;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads where a peer is straight from the usual response. */
final class UsualResponse {

    /** How a registry's TXT begins, this library's and the original's: two strings, each behind its length. */
    private static final String TEXT_BEGIN = "\ttxtvers=1" + "0pub=";

    private UsualResponse() {}

    /**
     * Returns where the peer is, and nothing else that the response says about it.
     *
     * @return null where the response is not the usual one, or its TXT might be another key's
     */
    static @Nullable Advertisement by(Response response, PublicKey key) {
        ServiceResponse service = response.service();
        if (service == null || !mayBeOf(key, service.text())) {
            return null;
        }
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (byte[] address : service.addresses()) {
            endpoints.add(Endpoint.of(IpAddress.of(address), service.port()));
        }
        Advertisement.Builder advertisement = Advertisement.builder(key).allowedIpsComplete(false);
        endpoints.forEach(advertisement::endpoint);
        return advertisement.build();
    }

    private static boolean mayBeOf(PublicKey key, String text) {
        return text.isEmpty() || (text.startsWith(TEXT_BEGIN) && text.startsWith(key.toBase64(), TEXT_BEGIN.length()));
    }
}
