package io.wgsd.tests.secondary;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Asks each secondary the same again and again until it is closed, and keeps what it was answered. */
final class Questioner implements AutoCloseable {

    private final SecondariesLab lab;
    private final String name;
    private final String type;
    private final Set<String> answers = new TreeSet<>();
    private final Thread thread = new Thread(this::ask, "questioner");
    private volatile boolean closed;
    private int rounds;
    private Exception failure;

    private Questioner(SecondariesLab lab, String name, String type) {
        this.lab = lab;
        this.name = name;
        this.type = type;
    }

    static Questioner start(SecondariesLab lab, String name, String type) {
        Questioner questioner = new Questioner(lab, name, type);
        questioner.thread.start();
        return questioner;
    }

    /** Stops, and returns the different answers that there were; one that did not come is an empty one. */
    List<String> answers() throws Exception {
        close();
        if (failure != null) {
            throw failure;
        }
        return List.copyOf(answers);
    }

    /** Waits until each secondary has been asked so many times more. */
    synchronized void awaitRounds(int more) throws InterruptedException {
        int enough = rounds + more;
        while (rounds < enough && thread.isAlive()) {
            wait(100);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }

    private void ask() {
        try {
            while (!closed) {
                for (NameServer server : NameServer.values()) {
                    answers.add(lab.dig(server.address(), name, type));
                }
                synchronized (this) {
                    rounds++;
                    notifyAll();
                }
            }
        } catch (IOException | InterruptedException e) {
            failure = e;
        }
    }
}
