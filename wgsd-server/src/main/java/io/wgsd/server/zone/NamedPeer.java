package io.wgsd.server.zone;

import io.wgsd.model.PublicKey;
import java.util.List;
import org.xbill.DNS.Record;

/**
 * What a zone says of a peer at its name. Immutable and thread-safe.
 *
 * @param key the peer's key
 * @param records addresses at {@code <name>.Z}, and SRV at {@code _wireguard._udp.<name>.Z}
 */
public record NamedPeer(PublicKey key, List<Record> records) {

    public NamedPeer {
        records = List.copyOf(records);
    }
}
