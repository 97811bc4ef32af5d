package io.wgsd.command.member;

import io.wgsd.command.options.OptionSpecs;
import io.wgsd.command.output.Json;
import io.wgsd.members.Member;
import io.wgsd.members.Network;
import io.wgsd.members.NetworkFile;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** Prints the members. */
final class ListCommand extends InFolder {

    private final OptionSpec json =
            OptionSpecs.flag("--json").description("Print an array of members.").build();

    ListCommand() {
        super("list", "Lists the members in the network's file.");
        spec().addOption(json);
    }

    @Override
    void run(MemberFolder where) throws IOException {
        NetworkFile file = where.read();
        Network network = file.network();
        if (json.<Boolean>getValue()) {
            out().println(Json.write(
                    network.members().stream().map(ListCommand::json).toList()));
            return;
        }
        int widest = network.members().stream()
                .mapToInt(member -> member.name().length())
                .max()
                .orElse(0);
        for (Member member : network.members()) {
            out().println((member.name() + " ".repeat(widest - member.name().length() + 2) + member.publicKey() + "  "
                            + words(member))
                    .stripTrailing());
        }
        file.reservations().forEach(invited -> out().println(invited));
    }

    private static String words(Member member) {
        return member.allowedIps().stream().map(Object::toString).collect(Collectors.joining(","))
                + (member.groups().isEmpty() ? "" : " " + String.join(",", member.groups()))
                + (member.role().text().equals("member")
                        ? ""
                        : " (" + member.role().text() + ")")
                + (member.isDisabled() ? " (disabled)" : "");
    }

    private static Map<String, Object> json(Member member) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", member.name());
        json.put("publicKey", member.publicKey().toBase64());
        json.put("role", member.role().text());
        json.put("allowedIps", texts(member.allowedIps()));
        json.put("endpoints", texts(member.endpoints()));
        json.put("groups", List.copyOf(member.groups()));
        json.put("disabled", member.isDisabled());
        return json;
    }

    private static List<String> texts(Collection<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
