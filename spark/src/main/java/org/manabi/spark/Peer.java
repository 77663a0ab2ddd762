package org.manabi.spark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Tensor;

/// A connection to another replica. One thread may send while another receives.
final class Peer implements AutoCloseable {

    private static final int PIECE = 1 << 18;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final byte[] sent = new byte[PIECE];
    private final byte[] received = new byte[PIECE];
    private final ByteBuffer sending = ByteBuffer.wrap(sent).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer receiving = ByteBuffer.wrap(received).order(ByteOrder.LITTLE_ENDIAN);
    private long bytesSent;

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    DataInputStream in() {
        return in;
    }

    DataOutputStream out() {
        return out;
    }

    /// How many bytes of numbers were sent.
    long bytesSent() {
        return bytesSent;
    }

    /// Sends the elements `first … first + count − 1`.
    void send(Tensor tensor, int first, int count) throws IOException {
        int step = PIECE / tensor.dtype().bytes();
        for (int done = 0; done < count; done += step) {
            int part = Math.min(step, count - done);
            int at = tensor.offset() + first + done;
            switch (tensor) {
                case FloatTensor floats -> sending.asFloatBuffer().put(0, floats.array(), at, part);
                case DoubleTensor doubles ->
                        sending.asDoubleBuffer().put(0, doubles.array(), at, part);
                default -> throw new IllegalArgumentException(tensor.dtype() + " is not sent");
            }
            out.write(sent, 0, part * tensor.dtype().bytes());
            bytesSent += (long) part * tensor.dtype().bytes();
        }
    }

    /// Receives the elements `first … first + count − 1`.
    void receive(Tensor tensor, int first, int count) throws IOException {
        int step = PIECE / tensor.dtype().bytes();
        for (int done = 0; done < count; done += step) {
            int part = Math.min(step, count - done);
            in.readFully(received, 0, part * tensor.dtype().bytes());
            int at = tensor.offset() + first + done;
            switch (tensor) {
                case FloatTensor floats ->
                        receiving.asFloatBuffer().get(0, floats.array(), at, part);
                case DoubleTensor doubles ->
                        receiving.asDoubleBuffer().get(0, doubles.array(), at, part);
                default -> throw new IllegalArgumentException(tensor.dtype() + " is not sent");
            }
        }
    }

    void send(double[] numbers) throws IOException {
        for (double number : numbers) {
            out.writeDouble(number);
        }
        bytesSent += (long) numbers.length * Double.BYTES;
    }

    void receive(double[] numbers) throws IOException {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readDouble();
        }
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
