package io.wgsd.backend.uapi.codec;

import java.io.EOFException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Reads one answer: fields, then {@code errno}, then a blank line; it belongs to one thread. */
public final class AnswerReader implements LineSplitter.Handler, AutoCloseable {

    /** Takes the fields that come before {@code errno}. */
    public interface Fields {
        void field(Line line) throws ProtocolException;

        /** May change the next bytes before they are cut into lines. */
        default void piece(ByteBuffer piece) {}

        /** Takes a line as it is, unless it returns false: then it is looked into. */
        default boolean raw(byte[] bytes, int from, int to, int number) throws ProtocolException {
            return false;
        }

        /** Takes lines as {@link LineSplitter.Handler#lines} does. */
        default int rawLines(ByteBuffer words, int from, int to) {
            return from;
        }

        /** Returns how many lines have been taken so. */
        default int rawLineCount() {
            return 0;
        }
    }

    private enum State {
        FIELDS,
        ERRNO_READ,
        COMPLETE
    }

    private final LineSplitter lines;
    private final Fields fields;
    private State state = State.FIELDS;
    private int lineCount;
    private int errno;

    public AnswerReader(Fields fields) {
        this(fields, LineSplitter.MAX_TOTAL);
    }

    /** Begins an answer of so many bytes at most. */
    public AnswerReader(Fields fields, long maxTotal) {
        this.fields = fields;
        lines = new LineSplitter(maxTotal);
    }

    /** Takes the next bytes; those after the answer's end are ignored. */
    public void feed(ByteBuffer piece) throws ProtocolException {
        fields.piece(piece);
        lines.feed(piece, this);
    }

    /** Reports that no more bytes will come. */
    public void end() throws EOFException {
        if (state == State.FIELDS) {
            throw new EOFException("it broke off after " + lines.total() + " bytes, before errno");
        }
        state = State.COMPLETE;
    }

    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** Returns the system's error number, never negative: wireguard-go writes it negative, boringtun positive. */
    public int errno() {
        return errno;
    }

    /** Wipes what is still held of the answer. */
    @Override
    public void close() {
        lines.close();
    }

    @Override
    public int lines(ByteBuffer words, int from, int to) {
        return state == State.FIELDS ? fields.rawLines(words, from, to) : from;
    }

    @Override
    public void line(byte[] bytes, int from, int to) throws ProtocolException {
        int number = ++lineCount + fields.rawLineCount();
        if (state == State.COMPLETE) {
            return;
        }
        if (from == to) {
            if (state == State.FIELDS) {
                throw new ProtocolException("line " + number + " is blank, before errno");
            }
            state = State.COMPLETE;
            return;
        }
        if (state == State.ERRNO_READ) {
            throw new ProtocolException("line " + number + " follows errno, where a blank line ends the answer");
        }
        if (fields.raw(bytes, from, to, number)) {
            return;
        }
        Line line = Line.of(bytes, from, to, number);
        if (line.key() == UapiKey.ERRNO) {
            errno = (int) line.withoutSign().decimal(Integer.MAX_VALUE);
            state = State.ERRNO_READ;
        } else {
            fields.field(line);
        }
    }
}
