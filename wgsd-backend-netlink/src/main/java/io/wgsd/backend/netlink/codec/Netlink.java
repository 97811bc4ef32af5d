package io.wgsd.backend.netlink.codec;

/** Netlink's and generic netlink's numbers: include/uapi/linux/netlink.h and genetlink.h. */
public final class Netlink {

    /** The length of struct nlmsghdr: u32 length, u16 type, u16 flags, u32 sequence number, u32 port. */
    static final int HEADER = 16;

    /** The length of struct genlmsghdr: u8 command, u8 version, u16 reserved. */
    static final int GENERIC_HEADER = 4;

    /** The length of struct nlattr: u16 length with this header and without padding, u16 type. */
    static final int ATTRIBUTE_HEADER = 4;

    static final int NLMSG_NOOP = 1;
    static final int NLMSG_ERROR = 2;
    static final int NLMSG_DONE = 3;
    static final int NLMSG_OVERRUN = 4;

    static final int NLM_F_REQUEST = 1;
    static final int NLM_F_ACK = 4;
    static final int NLM_F_DUMP = 0x300;

    static final int NLM_F_DUMP_INTR = 0x10;
    static final int NLM_F_CAPPED = 0x100;
    static final int NLM_F_ACK_TLVS = 0x200;

    static final int NLA_F_NESTED = 0x8000;
    static final int NLA_TYPE_MASK = 0x3fff;

    static final int NLMSGERR_ATTR_MSG = 1;

    static final int GENL_ID_CTRL = 0x10;
    static final int CTRL_VERSION = 1;
    static final int CTRL_CMD_GETFAMILY = 3;
    static final int CTRL_ATTR_FAMILY_ID = 1;
    static final int CTRL_ATTR_FAMILY_NAME = 2;

    private Netlink() {}

    /** Returns a length with the padding that the next header needs. */
    static int align(int length) {
        return (length + 3) & ~3;
    }
}
