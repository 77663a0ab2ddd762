package org.manabi.datasets.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.manabi.formats.FormatException;
import org.manabi.formats.gzip.GzipInput;

/// What a file's bytes must digest to.
///
/// @param algorithm `SHA-256`, or `MD5` where the publisher gives no other
/// @param of which bytes
/// @param hex lower case
public record Digest(String algorithm, Of of, String hex) {

    /// Which bytes are digested.
    public enum Of {
        /// The file as it is sent.
        FILE,
        /// What comes out of its gzip: the same, whoever compressed it.
        CONTENT
    }

    static Digest sha256OfContent(String hex) {
        return new Digest("SHA-256", Of.CONTENT, hex);
    }

    static Digest md5OfFile(String hex) {
        return new Digest("MD5", Of.FILE, hex);
    }

    /// What a file digests to.
    ///
    /// @param name what errors call the file
    /// @throws FormatException if it should be gzip and is not
    String actual(Path file, String name) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = of == Of.FILE ? raw : new GzipInput(raw, name)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
