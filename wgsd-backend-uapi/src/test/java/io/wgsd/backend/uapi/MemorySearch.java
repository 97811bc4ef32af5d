package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.codec.Wanted;
import io.wgsd.testkit.contract.Lab;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Looks through all memory of a process, as a debugger does (proc(5)), for keys in any of their spellings. */
final class MemorySearch {

    private static final int PIECE = 1 << 20;
    private static final int LONGEST = 64;

    private final List<Wanted> wanted = new ArrayList<>();
    /** Whether something that is wanted begins with two bytes. */
    private final boolean[] beginnings = new boolean[1 << 16];

    private final List<String> found = new ArrayList<>();

    private record Wanted(String what, byte[] bytes) {}

    private MemorySearch(Map<String, byte[]> keys) {
        keys.forEach((name, key) -> {
            add(name + " as it is", key);
            add(name + " in hex", HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII));
            add(name + " in base64", Base64.getEncoder().encode(key));
        });
    }

    /** Returns which keys are found, how they are spelled there, and where. */
    static List<String> find(long pid, Map<String, byte[]> keys) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Lab.require(Files.isReadable(process.resolve("mem")), "this process may not read others' memory");
        MemorySearch search = new MemorySearch(keys);
        try (RandomAccessFile memory =
                new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            for (String line : Files.readAllLines(process.resolve("maps"))) {
                String[] columns = line.split("\\s+", 6);
                // What cannot be written holds no key.
                if (columns[1].startsWith("rw")) {
                    String[] range = columns[0].split("-");
                    search.area(memory, parse(range[0]), parse(range[1]), columns[5]);
                }
            }
        }
        return search.found;
    }

    private void add(String what, byte[] bytes) {
        wanted.add(new Wanted(what, bytes));
        beginnings[beginning(bytes, 0)] = true;
    }

    private void area(RandomAccessFile memory, long from, long to, String name) {
        byte[] piece = new byte[PIECE + LONGEST];
        for (long at = from; at < to; at += PIECE) {
            int length = (int) Math.min(piece.length, to - at);
            try {
                memory.seek(at);
                memory.readFully(piece, 0, length);
            } catch (IOException e) {
                // What cannot be read is not there, as the guard pages of stacks.
                continue;
            }
            for (int i = 0; i < length - 1; i++) {
                if (beginnings[beginning(piece, i)]) {
                    compare(piece, i, length, Long.toHexString(at + i) + " " + name);
                }
            }
        }
    }

    private void compare(byte[] piece, int at, int length, String where) {
        for (Wanted each : wanted) {
            int end = at + each.bytes().length;
            if (end <= length && Arrays.equals(piece, at, end, each.bytes(), 0, each.bytes().length)) {
                found.add(each.what() + " at " + where);
            }
        }
    }

    private static int beginning(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static long parse(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }
}
