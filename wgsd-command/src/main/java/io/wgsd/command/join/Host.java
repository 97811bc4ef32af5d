package io.wgsd.command.join;

import io.wgsd.model.IpPrefix;
import java.io.IOException;
import java.util.List;

/** The host that joins, as far as it is not files: its programs, its interfaces, its service manager. */
interface Host {

    /** Returns whether this is Linux, where a device can be set up. */
    boolean isLinux();

    /** Returns whether systemd runs here. */
    boolean hasSystemd();

    /** Returns whether there is an interface of that name. */
    boolean hasInterface(String name) throws IOException;

    /** Returns the networks of the interfaces other than one. */
    List<IpPrefix> networksBeside(String device) throws IOException;

    /** Returns whether a program ends with status 0; false also where there is none of that name. */
    boolean succeeds(String... command) throws IOException, InterruptedException;

    /**
     * Runs a program to its end.
     *
     * @throws IOException if it does not end with status 0; with what it has said
     */
    void run(String... command) throws IOException, InterruptedException;
}
