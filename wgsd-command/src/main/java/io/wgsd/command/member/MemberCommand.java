package io.wgsd.command.member;

import io.wgsd.command.options.OptionSpecs;
import picocli.CommandLine.Model.CommandSpec;

/** Keeps a network's members, and signs them. */
public final class MemberCommand {

    private MemberCommand() {}

    /** Returns the command, which only has subcommands. */
    public static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("member");
        spec.usageMessage().description("Keeps the members of a network in a file, and signs them.");
        OptionSpecs.addHelp(spec);
        return spec.addSubcommand("init", new InitCommand().spec())
                .addSubcommand("invite", new InviteCommand().spec())
                .addSubcommand("add", new AddCommand().spec())
                .addSubcommand("remove", new RemoveCommand().spec())
                .addSubcommand("disable", new DisableCommand(true).spec())
                .addSubcommand("enable", new DisableCommand(false).spec())
                .addSubcommand("rename", new RenameCommand().spec())
                .addSubcommand("list", new ListCommand().spec())
                .addSubcommand("sign", new SignCommand().spec())
                .addSubcommand("publish", new PublishCommand().spec())
                .addSubcommand("import", new ImportCommand().spec())
                .addSubcommand("roll", new RollCommand().spec());
    }
}
