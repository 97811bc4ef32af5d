package io.wgsd.server.transport.tcp;

import io.wgsd.server.transport.Client;
import io.wgsd.server.transport.Client.Standing;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The clients that have connections, and who of them has to give way; used on the loop's thread only. */
final class Accounts {

    /** Of eight parts of the memory those who are known have six, and those who may ask and strangers one each. */
    private static final int PARTS = 8;

    private final TcpLimits limits;
    private final Map<Standing, Account.Share> shares = new EnumMap<>(Standing.class);
    private final Map<Client, Account> accounts = new HashMap<>();

    Accounts(TcpLimits limits) {
        this.limits = limits;
        for (Standing standing : Standing.values()) {
            int parts = standing == Standing.KNOWN ? PARTS - 2 : 1;
            shares.put(standing, new Account.Share(limits.memory() / PARTS * parts));
        }
    }

    /** Returns a client's account, a new one where it has none. */
    Account of(Client client) {
        return accounts.computeIfAbsent(client, each -> new Account(each, share(each)));
    }

    /** Forgets an account without any connection. */
    void settle(Account account) {
        if (account.connections().isEmpty() && account.sessions().isEmpty()) {
            accounts.remove(account.client(), account);
        }
    }

    /**
     * Returns which connection gives way to one more of a client's, where there are too many: of those who would then
     * have most, the one that has been without progress for longest.
     */
    Optional<TcpConnection> yielding(Client newcomer, long now) {
        Account own = of(newcomer);
        if (own.connections().size() >= limits.connectionsPerClient()) {
            return Account.longestIdle(own.connections().stream(), now);
        }
        if (share(newcomer).connections() < limits.connections()) {
            return Optional.empty();
        }
        Set<Account> connected = share(newcomer).connected();
        int most = connected.stream()
                .mapToInt(each -> connectionsWithNew(each, own))
                .max()
                .orElse(0);
        return Account.longestIdle(
                connected.stream()
                        .filter(each -> connectionsWithNew(each, own) == most)
                        .flatMap(each -> each.connections().stream()),
                now);
    }

    private static int connectionsWithNew(Account account, Account newcomer) {
        return account.connections().size() + (account == newcomer ? 1 : 0);
    }

    /** Returns whether there are as many lasting connections as there may be. */
    boolean hasAllSessions() {
        return shares.values().stream().mapToInt(Account.Share::sessions).sum() >= limits.sessions();
    }

    /** Returns which lasting connection gives way to one of a client that has no other; empty where nobody has two. */
    Optional<TcpConnection> yieldingSession(long now) {
        return accounts.values().stream()
                .filter(each -> each.sessions().size() > 1)
                .max(Comparator.comparingInt(each -> each.sessions().size()))
                .flatMap(each -> Account.longestIdle(each.sessions().stream(), now));
    }

    private Account.Share share(Client client) {
        return Objects.requireNonNull(shares.get(client.standing()), "share");
    }
}
