package org.manabi.formats;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The digest by which files are known again.
///
/// Source: NIST, *Secure Hash Standard* (FIPS 180-4).
public final class Sha256 {

    private Sha256() {}

    /// A digest of nothing yet.
    public static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The digest of these bytes, as 64 hexadecimal digits.
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(create().digest(bytes));
    }
}
