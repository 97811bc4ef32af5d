package io.wgsd.discovery.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** A resolver that says what a test says. */
final class FakeResolver implements NameLookup.Resolver {

    private List<String> addresses = List.of();
    private int asked;

    FakeResolver are(String... texts) {
        addresses = List.of(texts);
        return this;
    }

    int asked() {
        return asked;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        asked++;
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        InetAddress[] all = new InetAddress[addresses.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(addresses.get(i));
        }
        return all;
    }
}
