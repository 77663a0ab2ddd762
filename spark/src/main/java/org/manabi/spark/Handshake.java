package org.manabi.spark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How both ends of a connection prove that they know the job's secret, without sending it: each
/// answers the other's fresh random challenge with an HMAC-SHA-256. An answer is bound to the role, the
/// stage's attempt and the ranks, so that it serves nowhere else.
final class Handshake {

    private static final int CHALLENGE = 32;
    private static final byte CALLER = 1;
    private static final byte CALLED = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret;
    private final int attempt;

    Handshake(byte[] secret, int attempt) {
        this.secret = secret.clone();
        this.attempt = attempt;
    }

    static byte[] newSecret() {
        return random();
    }

    private static byte[] random() {
        byte[] bytes = new byte[CHALLENGE];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// The part of who connects.
    ///
    /// @throws IOException if the other end does not know the secret
    void call(DataInputStream in, DataOutputStream out, int own, int other) throws IOException {
        byte[] mine = random();
        out.writeInt(own);
        out.write(mine);
        out.flush();
        byte[] theirs = in.readNBytes(CHALLENGE);
        require(in.readNBytes(CHALLENGE), answer(CALLED, other, own, mine));
        out.write(answer(CALLER, own, other, theirs));
        out.flush();
    }

    /// The part of who is connected to; returns the caller's rank.
    ///
    /// @throws IOException if the caller does not know the secret
    int accept(DataInputStream in, DataOutputStream out, int own) throws IOException {
        int caller = in.readInt();
        byte[] theirs = in.readNBytes(CHALLENGE);
        byte[] mine = random();
        out.write(mine);
        out.write(answer(CALLED, own, caller, theirs));
        out.flush();
        require(in.readNBytes(CHALLENGE), answer(CALLER, caller, own, mine));
        return caller;
    }

    private static void require(byte[] given, byte[] expected) throws IOException {
        if (!MessageDigest.isEqual(given, expected)) {
            throw new IOException("the other end does not know the secret of this job and attempt");
        }
    }

    private byte[] answer(byte role, int from, int to, byte[] challenge) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(
                    ByteBuffer.allocate(1 + 3 * Integer.BYTES)
                            .put(role)
                            .putInt(attempt)
                            .putInt(from)
                            .putInt(to)
                            .flip());
            return mac.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
