package org.manabi.board.evaluate;

import java.util.Base64;

/// Signed numbers on their way to a picture.
public final class SignedBytes {

    private static final int LARGEST = 127;

    private SignedBytes() {}

    /// Numbers as signed bytes in base64; the largest size becomes 127.
    public static String base64(double... values) {
        double most = Double.MIN_NORMAL;
        for (double value : values) {
            most = Math.max(most, Math.abs(value));
        }
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(LARGEST * values[i] / most);
        }
        return Base64.getEncoder().encodeToString(bytes);
    }
}
