package io.wgsd.command.member;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.KeyDirectory;
import io.wgsd.dnssd.TrustAnchors;
import io.wgsd.internal.file.FileFailure;
import io.wgsd.internal.file.InputFile;
import io.wgsd.internal.file.StateFile;
import io.wgsd.members.Member;
import io.wgsd.members.MembersZone;
import io.wgsd.members.NetworkFile;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Record;

/**
 * The folder in which an owner keeps a network: {@code network.members}, {@code anchors}, the signed zone, and the
 * owner's key in {@code keys}.
 */
final class MemberFolder {

    static final String NETWORK = "network.members";
    static final String ANCHORS = "anchors";
    static final String KEYS = "keys";

    /** Far more than the file of as many members as there may be. */
    private static final int MAX_NETWORK = 16 * 1024 * 1024;

    private final Path folder;

    MemberFolder(Path folder) {
        this.folder = folder;
    }

    Path networkFile() {
        return folder.resolve(NETWORK);
    }

    Path anchorsFile() {
        return folder.resolve(ANCHORS);
    }

    Path keysFolder() {
        return folder.resolve(KEYS);
    }

    /** Returns where the signed zone is, named after it, as in {@code members.wg.example.com.zone}. */
    SignedFile signedFile(DnsSdNames names) {
        return new SignedFile(folder.resolve(MembersZone.names(names).origin() + "zone"), names);
    }

    NetworkFile read() throws IOException {
        Path file = networkFile();
        if (Files.notExists(file)) {
            throw new IOException(
                    "there is no " + file + "; give the folder with --dir, or make one with: wgsd member init");
        }
        byte[] content = InputFile.readTrusted(file, "file of members", MAX_NETWORK);
        try {
            return NetworkFile.parse(new String(content, StandardCharsets.UTF_8));
        } catch (FormatException e) {
            throw new IOException(file + ", " + e.getMessage(), e);
        }
    }

    void write(NetworkFile network) throws IOException {
        writePublic(networkFile(), network.text());
    }

    List<Record> anchors(DnsSdNames names) throws IOException {
        return TrustAnchors.read(MembersZone.names(names), anchorsFile());
    }

    static void writePublic(Path file, String text) throws IOException {
        // The limit is for reading, which others do.
        new StateFile(file, MAX_NETWORK).writePublic(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a folder for keys that nobody else may enter. */
    static KeyDirectory newKeys(Path where) throws IOException {
        try {
            Files.createDirectories(where, privateFolder());
        } catch (IOException e) {
            throw FileFailure.of("cannot make the folder " + where, where, e);
        }
        return new KeyDirectory(where);
    }

    private static FileAttribute<?>[] privateFolder() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Returns the member of a name, or says that there is none. */
    static Member require(NetworkFile network, String name) throws IOException {
        Optional<Member> member = network.network().member(name);
        if (member.isEmpty()) {
            throw new IOException("there is no member \"" + name + "\"; wgsd member list shows those that there are");
        }
        return member.get();
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
