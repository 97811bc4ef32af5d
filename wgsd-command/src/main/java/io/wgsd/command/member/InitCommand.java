package io.wgsd.command.member;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.options.UsageException;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.members.MembersZone;
import io.wgsd.members.Network;
import io.wgsd.members.NetworkFile;
import io.wgsd.model.IpPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Begins a network: its file, the owner's key, a standby key, and the anchors by which hosts believe both. */
final class InitCommand extends InFolder {

    private final OptionSpec zone = OptionSpecs.one(String.class, "--zone")
            .paramLabel("ZONE")
            .required(true)
            .description("The registry's zone, as in wg.example.com; the members' is members below it.")
            .build();

    private final OptionSpec ranges = OptionSpecs.many(String.class, "--range")
            .paramLabel("PREFIX")
            .required(true)
            .description("A network from which members get addresses, as in 10.0.0.0/24; may be repeated.")
            .build();

    private final OptionSpec standby = OptionSpecs.one(Path.class, "--standby")
            .paramLabel("DIR")
            .required(true)
            .description("Where to write a second key, to be kept elsewhere, with which the network goes on if the"
                    + " first is lost.")
            .build();

    InitCommand() {
        super("init", "Begins a network, and makes the keys of its owner.");
        spec().addOption(zone).addOption(ranges).addOption(standby);
    }

    @Override
    void run(MemberFolder where) throws IOException {
        DnsSdNames names = DnsSdNames.parse(zone.getValue());
        DnsSdNames members = MembersZone.names(names);
        List<IpPrefix> prefixes =
                ranges.<List<String>>getValue().stream().map(IpPrefix::parse).toList();
        NetworkFile network = NetworkFile.of(Network.of(names, prefixes, List.of()));
        Path spare = standby.getValue();
        if (Files.exists(where.networkFile()) || Files.exists(where.keysFolder()) || Files.exists(spare)) {
            throw new UsageException("there is something already at " + where.networkFile() + ", " + where.keysFolder()
                    + " or " + spare + "; give folders that are not there yet");
        }
        Instant now = Instant.now();
        SigningKey own = MemberFolder.newKeys(where.keysFolder()).create(members, SigningAlgorithm.ED25519, now);
        SigningKey second = MemberFolder.newKeys(spare).create(members, SigningAlgorithm.ED25519, now);
        MemberFolder.writePublic(where.anchorsFile(), own.dnskey() + "\n" + second.dnskey() + "\n");
        where.write(network);
        err().println("wgsd: made " + where.networkFile() + ", and the owner's key in " + where.keysFolder()
                + ", which nobody else may have");
        err().println("wgsd: take the second key, in " + spare
                + ", to another place: anyone who has one of the two decides"
                + " who belongs to the network, and if both are lost, each host must be given another by hand");
        err().println("wgsd: " + where.anchorsFile() + " is what hosts believe; next: wgsd member add");
    }
}
