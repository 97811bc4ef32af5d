package io.wgsd.backend.netlink.codec;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Walks over the messages of one datagram; it copies nothing, and belongs to one thread. */
public final class Messages {

    private final ByteBuffer bytes;
    private int nextAt;
    private int payloadAt;
    private int end;
    private int type;
    private int flags;
    private int sequence;

    /** Begins before the first message of what remains in a buffer of the machine's byte order. */
    public Messages(ByteBuffer datagram) {
        bytes = datagram;
        nextAt = datagram.position();
    }

    /**
     * Goes to the next message.
     *
     * @return false where there is none
     * @throws ProtocolException if what remains is no message
     */
    public boolean next() throws ProtocolException {
        int left = bytes.limit() - nextAt;
        // Less than a header is padding, as NLMSG_OK has it.
        if (left < Netlink.HEADER) {
            return false;
        }
        int length = bytes.getInt(nextAt);
        if (length < Netlink.HEADER || length > left) {
            throw new ProtocolException(
                    "a message claims " + Integer.toUnsignedString(length) + " bytes where " + left + " are left");
        }
        type = Short.toUnsignedInt(bytes.getShort(nextAt + 4));
        flags = Short.toUnsignedInt(bytes.getShort(nextAt + 6));
        sequence = bytes.getInt(nextAt + 8);
        payloadAt = nextAt + Netlink.HEADER;
        end = nextAt + length;
        nextAt = Math.min(bytes.limit(), nextAt + Netlink.align(length));
        return true;
    }

    /** Returns the message's type: a family's, or one of netlink's own below 16. */
    public int type() {
        return type;
    }

    /** Returns the sequence number of the request that this answers. */
    public int sequence() {
        return sequence;
    }

    /** Returns whether what is dumped was changed meanwhile, so that all of the dump is to be doubted. */
    public boolean isInterrupted() {
        return (flags & Netlink.NLM_F_DUMP_INTR) != 0;
    }

    /** Returns whether the message says nothing. */
    public boolean isNoise() {
        return type == Netlink.NLMSG_NOOP;
    }

    /** Returns whether this ends an answer, well or badly. */
    public boolean isEnd() {
        return type == Netlink.NLMSG_DONE || type == Netlink.NLMSG_ERROR || type == Netlink.NLMSG_OVERRUN;
    }

    /**
     * Returns how the answer ended.
     *
     * @return the error number, and the kernel's words on it
     * @throws ProtocolException if the message is not what the kernel writes
     */
    public Outcome outcome() throws ProtocolException {
        if (type == Netlink.NLMSG_OVERRUN) {
            throw new ProtocolException("messages were lost");
        }
        if (end - payloadAt < Integer.BYTES) {
            throw new ProtocolException("an end without an error number");
        }
        int errno = Math.abs(bytes.getInt(payloadAt));
        return new Outcome(errno, errno == 0 ? "" : said());
    }

    /** Returns what follows the header, as a buffer of its own. */
    public ByteBuffer payload() {
        return bytes.slice(payloadAt, end - payloadAt).order(bytes.order());
    }

    /**
     * Returns the kernel's words on an error, which follow the request's header and, where that was echoed, the
     * request.
     */
    private String said() throws ProtocolException {
        if ((flags & Netlink.NLM_F_ACK_TLVS) == 0) {
            return "";
        }
        int at = payloadAt + Integer.BYTES;
        if (type == Netlink.NLMSG_ERROR) {
            if (end - at < Netlink.HEADER) {
                throw new ProtocolException("an error without the header of its request");
            }
            int echoed = (flags & Netlink.NLM_F_CAPPED) == 0 ? bytes.getInt(at) : Netlink.HEADER;
            if (echoed < Netlink.HEADER || echoed > end - at) {
                throw new ProtocolException("an error that echoes " + Integer.toUnsignedString(echoed) + " bytes where "
                        + (end - at) + " are left");
            }
            at = Math.min(end, at + Netlink.align(echoed));
        }
        Attributes attributes = new Attributes(bytes.slice(at, end - at).order(bytes.order()));
        while (attributes.next()) {
            if (attributes.type() == Netlink.NLMSGERR_ATTR_MSG) {
                return attributes.string();
            }
        }
        return "";
    }

    /**
     * How an answer ended.
     *
     * @param errno the system's error number; 0 for none
     * @param said what the kernel said about it; "" for nothing
     */
    public record Outcome(int errno, String said) {}
}
