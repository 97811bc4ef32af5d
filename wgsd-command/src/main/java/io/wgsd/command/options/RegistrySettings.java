package io.wgsd.command.options;

import io.wgsd.command.follow.ZoneServer;
import io.wgsd.command.log.Log;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SerialFile;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.IpPrefix;
import io.wgsd.publish.Publisher;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.server.VisibilityPolicy;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The settings of one registry: options that were read, and that are valid in themselves. */
public final class RegistrySettings {

    private final RegistryOptions options;
    private final String zoneText;
    private final ZoneOptions zoneOptions;
    private final String deviceName;
    private final AccessOptions.Rules rules;
    private final List<IpPrefix> mayTransfer;
    private final Optional<ZoneSigner> signer;
    private final Optional<TsigKey> updateKey;
    private final Optional<SerialFile> serials;
    private final Optional<RelaySettings> relay;
    private final Optional<MembersOption.Served> members;
    private final PeerNames peerNames;

    RegistrySettings(
            RegistryOptions options,
            String zoneText,
            ZoneOptions zoneOptions,
            String deviceName,
            AccessOptions.Rules rules,
            List<IpPrefix> mayTransfer,
            Optional<ZoneSigner> signer,
            Optional<TsigKey> updateKey,
            Optional<SerialFile> serials,
            Optional<RelaySettings> relay,
            Optional<MembersOption.Served> members,
            PeerNames peerNames) {
        this.options = options;
        this.zoneText = zoneText;
        this.zoneOptions = zoneOptions;
        this.deviceName = deviceName;
        this.rules = rules;
        this.mayTransfer = mayTransfer;
        this.signer = signer;
        this.updateKey = updateKey;
        this.serials = serials;
        this.relay = relay;
        this.members = members;
        this.peerNames = peerNames;
    }

    public String zone() {
        return zoneText;
    }

    public String device() {
        return deviceName;
    }

    public Optional<SerialFile> serials() {
        return serials;
    }

    public Optional<RelaySettings> relay() {
        return relay;
    }

    public Optional<MembersOption.Served> members() {
        return members;
    }

    /** Returns the relays elsewhere, each by the server of its zone. */
    public List<ZoneServer> relaysElsewhere() {
        return options.secondaries().relays(zoneOptions.names(), rules.allKeys());
    }

    public DnsSdNames names() {
        return zoneOptions.names();
    }

    public VisibilityPolicy visibility() {
        return options.visibility();
    }

    /** Returns what tells this registry from others; the same registry may have other settings later. */
    public List<Object> identity() {
        return List.of(
                zoneOptions.names().origin(),
                deviceName,
                options.addresses(),
                listensNowhere(),
                relay.map(RelaySettings::identity),
                members,
                options.secondaries().relayTexts());
    }

    public Optional<String> listenWarning() {
        return ListenCheck.warning(deviceName, ListenCheck.addressesOf(deviceName), options.addresses());
    }

    public Optional<Publisher> publisher(Device first, Log log) {
        return options.publishing().start(updateKey, zoneOptions.names(), first, log);
    }

    public RegistryBuilder builder(PeerSource source, Device first, Registry.Listener listener, Consumer<String> say)
            throws IOException {
        RegistryBuilder registry = Registry.builder(source, deviceName, zoneOptions)
                .advertiser(options.advertiser(first))
                .names(peerNames)
                .listener(listener);
        options.addTo(registry);
        if (relay.isPresent()) {
            registry.deviceAddresses(options.deviceAddresses(first));
        }
        rules.addTo(registry);
        signer.ifPresent(registry::signWith);
        options.secondaries().addTo(registry, !listensNowhere(), mayTransfer, rules.allKeys(), say);
        if (serials.isPresent()) {
            serials.get().read(say).ifPresent(registry::previousSerial);
        }
        if (listensNowhere()) {
            registry.serves(false);
        }
        return registry;
    }

    private boolean listensNowhere() {
        return updateKey.isPresent() && options.addresses().isEmpty();
    }
}
