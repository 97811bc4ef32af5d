package io.wgsd.command.config;

import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import io.wgsd.server.VisibilityPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * Which peers see which, in a configuration file: {@code [registry.peers]} gives keys names, and {@code
 * [registry.visibility]} has {@code groups}, {@code sees} and {@code seen-by-all} in these names, or in keys.
 */
final class VisibilityTable {

    private static final String GROUPS = "groups";
    private static final String SEES = "sees";
    private static final String SEEN_BY_ALL = "seen-by-all";
    private static final String ALL = "all";

    private final ConfigTable where;
    private final Map<String, PublicKey> names = new HashMap<>();
    private final VisibilityPolicy.Builder policy = VisibilityPolicy.builder();

    private VisibilityTable(ConfigTable where) {
        this.where = where;
    }

    /** Reads both tables. Without the second, all peers see each other. */
    static VisibilityPolicy read(ConfigTable where, @Nullable TomlTable peers, @Nullable TomlTable visibility) {
        VisibilityTable table = new VisibilityTable(where);
        if (peers != null) {
            table.readNames(peers);
        }
        if (visibility == null) {
            return VisibilityPolicy.everyone();
        }
        for (String key : visibility.keySet()) {
            Object value = visibility.get(List.of(key));
            switch (key) {
                case GROUPS -> table.readGroups(value);
                case SEES -> table.readSees(value);
                case SEEN_BY_ALL -> table.policy.seenByAll(table.keys("visibility." + key, value));
                default ->
                    throw where.wrong(
                            "visibility." + key, "there is no such setting; there are: groups, sees, seen-by-all");
            }
        }
        return table.policy.build();
    }

    private void readNames(TomlTable peers) {
        for (String name : peers.keySet()) {
            Object value = peers.get(List.of(name));
            try {
                names.put(name, PublicKey.parse(value instanceof String text ? text : ""));
            } catch (FormatException e) {
                throw where.wrong("peers." + name, String.valueOf(e.getMessage()));
            }
        }
    }

    private void readGroups(@Nullable Object value) {
        if (!(value instanceof TomlArray groups)) {
            throw where.wrong(
                    "visibility.groups", "must be a list of lists, as in [[\"alice\", \"bob\"], [\"carol\"]]");
        }
        for (Object group : groups.toList()) {
            policy.group(keys("visibility.groups", group));
        }
    }

    private void readSees(@Nullable Object value) {
        if (!(value instanceof TomlTable viewers)) {
            throw where.wrong("visibility.sees", "must be a table, as in { admin = \"all\", carol = [\"alice\"] }");
        }
        for (String viewer : viewers.keySet()) {
            Object seen = viewers.get(List.of(viewer));
            PublicKey key = key("visibility.sees", viewer);
            if (ALL.equals(seen)) {
                policy.seesAll(key);
            } else {
                policy.sees(key, keys("visibility.sees", seen));
            }
        }
    }

    private List<PublicKey> keys(String setting, @Nullable Object value) {
        if (!(value instanceof TomlArray array)) {
            throw where.wrong(setting, "must have lists of peers, as in [\"alice\", \"bob\"]");
        }
        List<PublicKey> keys = new ArrayList<>();
        for (Object each : array.toList()) {
            keys.add(key(setting, String.valueOf(each)));
        }
        return keys;
    }

    private PublicKey key(String setting, String name) {
        PublicKey known = names.get(name);
        if (known != null) {
            return known;
        }
        try {
            return PublicKey.parse(name);
        } catch (FormatException e) {
            throw where.wrong(
                    setting, "\"" + name + "\" is neither a public key nor a name that [registry.peers] gives one");
        }
    }
}
