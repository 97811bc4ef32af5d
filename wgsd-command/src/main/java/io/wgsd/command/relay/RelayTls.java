package io.wgsd.command.relay;

import io.wgsd.command.log.Log;
import io.wgsd.command.options.RelaySettings;
import io.wgsd.command.options.TlsOption;
import io.wgsd.command.output.AddressText;
import io.wgsd.relay.Relay;
import io.wgsd.relay.TlsCarrier;
import io.wgsd.relay.TlsCarrierBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a relay takes over TLS, where the settings say so. Thread-safe. */
public final class RelayTls implements AutoCloseable {

    private final Optional<TlsCarrier> carrier;

    private RelayTls(Optional<TlsCarrier> carrier) {
        this.carrier = carrier;
    }

    /**
     * Starts it.
     *
     * @param registry where the WireGuard device of the registry listens; empty where it is not on this host
     * @param log gets one line for each thing that an operator should know
     * @throws IOException if the certificate cannot be used, or an address cannot be bound; in one line
     */
    public static RelayTls start(
            Relay relay, RelaySettings settings, Optional<Supplier<InetSocketAddress>> registry, Log log)
            throws IOException {
        if (settings.tls().isEmpty()) {
            return new RelayTls(Optional.empty());
        }
        TlsOption.Settings tls = settings.tls().get();
        Certificates certificates = Certificates.open(tls.files(), settings, log, System::nanoTime);
        TlsCarrierBuilder builder =
                TlsCarrier.builder(certificates).relay(relay.localAddresses().get(0));
        registry.ifPresent(builder::registry);
        tls.listen().forEach(builder::listen);
        TlsCarrier carrier = builder.start();
        log.info("TLS at "
                + carrier.localAddresses().stream().map(AddressText::of).collect(Collectors.joining(", "))
                + ", where agents may pin the key: --tls-pin " + certificates.pin());
        return new RelayTls(Optional.of(carrier));
    }

    @Override
    public void close() {
        carrier.ifPresent(TlsCarrier::close);
    }
}
