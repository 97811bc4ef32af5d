package io.wgsd.command.member;

import io.wgsd.command.join.Invitation;
import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.command.output.QrText;
import io.wgsd.command.output.Terminal;
import io.wgsd.internal.file.FileFailure;
import io.wgsd.internal.file.NewFile;
import io.wgsd.members.Member;
import io.wgsd.members.MemberRole;
import io.wgsd.members.NetworkFile;
import io.wgsd.members.Reservation;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Keeps a name and addresses for a host, and prints what it needs to become a member. */
final class InviteCommand extends InFolder {

    private static final int MOST_DAYS = 365;
    private static final PublicKey NO_KEY = PublicKey.of(new byte[PublicKey.LENGTH]);

    private final PositionalParamSpec name = name("0", "NAME", "What the host is called.");

    private final OptionSpec allowed = OptionSpecs.many(String.class, "--allowed")
            .paramLabel("PREFIX")
            .description(
                    "An address of the host, or a network behind it; may be repeated (default: the next free address"
                            + " of each range).")
            .build();

    private final OptionSpec groups = OptionSpecs.many(String.class, "--group")
            .paramLabel("GROUP")
            .description("A group that it is in; may be repeated.")
            .build();

    private final OptionSpec days = OptionSpecs.one(int.class, "--days")
            .paramLabel("DAYS")
            .defaultValue("7")
            .description("For how long its addresses are kept, 1 to 365 (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec registry = OptionSpecs.many(String.class, "--registry")
            .paramLabel("HOST:PORT")
            .description("The host is to be a registry, whose WireGuard is reached here; may be repeated.")
            .build();

    private final OptionSpec hub = OptionSpecs.flag("--hub")
            .description("The registry also forwards between hosts that have no tunnel to each other. It can read what"
                    + " it forwards.")
            .build();

    private final OptionSpec conf = OptionSpecs.one(Path.class, "--conf")
            .paramLabel("FILE")
            .description("Make the host's key here, add the host, and write its whole configuration, private key"
                    + " included, into a new file, for a phone or another host with a WireGuard app alone.")
            .build();

    private final OptionSpec qr = OptionSpecs.flag("--qr")
            .description("The same, but show the configuration as a QR code, which WireGuard apps scan; anyone who sees"
                    + " it has the private key.")
            .build();

    private final OptionSpec resolver = OptionSpecs.one(String.class, "--resolver")
            .paramLabel("ADDRESS")
            .description(
                    "With --conf or --qr: the name server for all of the app's names, as registries answer their zone"
                            + " alone.")
            .build();

    InviteCommand() {
        super("invite", "Keeps addresses for a host, and prints the command by which it joins.");
        spec().addPositional(name)
                .addOption(allowed)
                .addOption(groups)
                .addOption(days)
                .addOption(registry)
                .addOption(hub)
                .addOption(conf)
                .addOption(qr)
                .addOption(resolver);
    }

    @Override
    void run(MemberFolder where) throws IOException {
        NetworkFile network = where.read();
        String wanted = name.getValue();
        if (network.network().member(wanted).isPresent()) {
            throw new UsageException("there is a member \"" + wanted
                    + "\" already; remove it first, or invite the host by" + " another name");
        }
        Instant now = Instant.now();
        List<Member> registries = registries(network);
        boolean isRegistry = !registry.<List<String>>getValue().isEmpty();
        if (hub.<Boolean>getValue() && !isRegistry) {
            throw new UsageException("--hub is for a registry, which needs --registry HOST:PORT");
        }
        if (registries.isEmpty() && !isRegistry) {
            throw new UsageException(
                    "the network has no registry yet, without which no host finds the others; begin with:"
                            + " wgsd member invite hub --registry 192.0.2.1:51820, with the address of its host");
        }
        boolean isApp = conf.getValue() != null || qr.<Boolean>getValue();
        if (isApp ? isRegistry : resolver.getValue() != null) {
            throw new UsageException("--resolver goes with --conf or --qr, and these not with --registry");
        }
        Reservation reservation = reservation(network, wanted, now);
        requireFree(network, reservation.host(NO_KEY), now);
        Invitation invitation = new Invitation(
                network.network().names(),
                reservation,
                network.network().ranges(),
                registries,
                where.anchors(network.network().names()));
        if (isApp) {
            addApp(where, network, invitation);
            return;
        }
        where.write(network.reserve(reservation));
        out().println(invitation.line());
        err().println("wgsd: this is for " + reservation.name() + ", until " + reservation.until()
                + "; nothing in it is secret, but see to it that nobody changes it on the way");
    }

    /** Adds a host whose key is made here, since it has nothing that could show one. */
    private void addApp(MemberFolder where, NetworkFile network, Invitation invitation) throws IOException {
        String address = resolver.getValue();
        Path file = conf.getValue();
        try (SecretKey key = SecretKey.generatePrivate()) {
            Member added = invitation.host().host(key.publicKey());
            NetworkFile changed = network.with(added);
            byte[] text =
                    invitation.configuration(key, Optional.ofNullable(address).map(IpAddress::parse));
            try {
                // What cannot be shown or written must not be a member, as nobody would have its key.
                List<String> code = qr.<Boolean>getValue() ? code(text) : List.of();
                writePrivate(file, text);
                addTo(where, changed, file);
                code.forEach(out()::println);
            } finally {
                Arrays.fill(text, (byte) 0);
            }
            out().println(added);
        }
        String what = file == null ? "what is shown has" : file + " has";
        err().println("wgsd: " + what + " the private key of "
                + invitation.host().name()
                + ": hand it over by a way that nobody else can "
                + (file == null ? "see" : "read, and delete it then"));
        sayChanged(invitation.host().name() + " is", where);
    }

    private static void writePrivate(@Nullable Path file, byte[] text) throws IOException {
        if (file == null) {
            return;
        }
        try {
            NewFile.writePrivate(file, text);
        } catch (IOException e) {
            throw FileFailure.of("cannot write " + file, file, e);
        }
    }

    private static List<String> code(byte[] text) {
        Terminal terminal = Terminal.ofThisProcess();
        try {
            return QrText.of(text).lines(Terminal.hasBlocks(), terminal.hasColours());
        } catch (IllegalArgumentException e) {
            throw new UsageException("the configuration does not fit: " + e.getMessage() + "; use --conf instead");
        }
    }

    /** Adds the host, or takes its configuration away, whose key would be nobody's. */
    private static void addTo(MemberFolder where, NetworkFile changed, @Nullable Path file) throws IOException {
        try {
            where.write(changed);
        } catch (IOException e) {
            if (file != null) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    private Reservation reservation(NetworkFile network, String wanted, Instant now) {
        int kept = days.getValue();
        if (kept < 1 || kept > MOST_DAYS) {
            throw new UsageException("--days must be 1 to " + MOST_DAYS);
        }
        List<String> prefixes = allowed.getValue();
        Optional<Reservation> before = network.reservation(wanted).filter(each -> !each.isOver(now));
        List<IpPrefix> addresses = !prefixes.isEmpty()
                ? prefixes.stream().map(IpPrefix::parse).toList()
                : before.isPresent() ? before.get().allowedIps() : network.nextAddresses(now);
        return Reservation.of(
                wanted,
                host -> {
                    host.allowedIps(addresses);
                    groups.<List<String>>getValue().forEach(host::group);
                    for (String endpoint : registry.<List<String>>getValue()) {
                        host.role(MemberRole.REGISTRY).endpoint(Endpoint.parse(endpoint));
                    }
                    if (hub.<Boolean>getValue()) {
                        host.allowedIps(network.network().ranges());
                    }
                },
                now.plus(Duration.ofDays(kept)).truncatedTo(ChronoUnit.SECONDS));
    }

    /** Returns the registries that a host can ask. */
    private static List<Member> registries(NetworkFile network) {
        return network.network().enabled().members().stream()
                .filter(member -> member.role() == MemberRole.REGISTRY
                        && !member.addresses().isEmpty())
                .toList();
    }
}
