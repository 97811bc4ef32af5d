package io.wgsd.command.output;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;

/**
 * A QR code (ISO/IEC 18004) as lines of text, light where the terminal's text is: on a dark terminal, or with colours.
 */
public final class QrText {

    /** The standard's quiet zone is four modules wide; readers do with two, and some configurations barely fit. */
    private static final int QUIET = 2;

    private static final String LIGHT_ON_DARK = "\u001b[97;40m";
    private static final String AS_BEFORE = "\u001b[0m";

    private final QrCode code;

    private QrText(QrCode code) {
        this.code = code;
    }

    /**
     * Returns the code of some bytes.
     *
     * @throws IllegalArgumentException if there are more than a QR code can hold, 2,953 bytes
     */
    public static QrText of(byte[] content) {
        try {
            return new QrText(QrCode.encodeBinary(content, QrCode.Ecc.LOW));
        } catch (DataTooLongException e) {
            // The library's message may tell of the content.
            throw new IllegalArgumentException(content.length + " bytes are more than a QR code can hold");
        }
    }

    /**
     * Returns the lines.
     *
     * @param blocks whether the output has half blocks; otherwise it is twice as wide and high
     * @param colours whether the terminal takes ANSI's colours
     */
    public List<String> lines(boolean blocks, boolean colours) {
        List<String> lines = new ArrayList<>();
        for (int y = -QUIET; y < code.size + QUIET; y += blocks ? 2 : 1) {
            StringBuilder line = new StringBuilder(colours ? LIGHT_ON_DARK : "");
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                line.append(blocks ? halves(x, y) : isLight(x, y) ? "##" : "  ");
            }
            lines.add(line.append(colours ? AS_BEFORE : "").toString());
        }
        return lines;
    }

    private String halves(int x, int y) {
        boolean below = isLight(x, y + 1);
        return isLight(x, y) ? below ? "█" : "▀" : below ? "▄" : " ";
    }

    private boolean isLight(int x, int y) {
        // Outside the code there is only the quiet zone; an odd number of lines leaves half a line below it.
        return !code.getModule(x, y);
    }
}
