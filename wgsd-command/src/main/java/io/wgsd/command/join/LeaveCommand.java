package io.wgsd.command.join;

import io.wgsd.command.Subcommand;
import java.io.IOException;
import java.util.Optional;

/** Takes back what {@code wgsd join} has made on this host. */
public final class LeaveCommand extends Subcommand {

    private final Host host;
    private final Places places = new Places();

    /** Makes the command for the host on which it runs. */
    public LeaveCommand() {
        this(new ThisHost());
    }

    LeaveCommand(Host host) {
        super("leave", "Takes back what \"wgsd join\" has made on this host.");
        this.host = host;
        spec().addMixin("places", places.mixin());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Places.Files files = places.files();
        Optional<Made> made = Made.read(files.made());
        if (made.isEmpty()) {
            throw new IOException("there is no " + files.made() + ", where \"wgsd join\" notes what it makes: "
                    + files.device() + " was not made by it");
        }
        new Leaving(host, files).undo(made.get());
        err().println("wgsd: " + files.device() + " is gone, and so is its key; the network's owner forgets it by: wgsd"
                + " member remove " + made.get().name());
        return 0;
    }
}
