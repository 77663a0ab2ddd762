package org.manabi.spark;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// A connection to another replica. One thread may send while another receives.
final class Peer implements AutoCloseable {

    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;
    private volatile long bytesSent;

    /// The streams are for the handshake; they read no byte too many.
    Peer(Socket socket) throws IOException {
        channel = socket.getChannel();
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    DataInputStream in() {
        return in;
    }

    DataOutputStream out() {
        return out;
    }

    /// How many bytes were sent after the handshake.
    long bytesSent() {
        return bytesSent;
    }

    /// Sends all that remains in a buffer. Only one thread sends.
    @SuppressWarnings("NonAtomicVolatileUpdate") // only the sending thread writes
    void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            bytesSent += channel.write(bytes);
        }
    }

    /// Receives until a buffer is full.
    void receive(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the connection was closed");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
