package org.manabi.spark;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;

/// What the first replica tells the driver while it trains: events as lines of JSON over a connection
/// that knows the job's secret. No numbers of the model pass through it.
final class Feed implements AutoCloseable {

    static final int DRIVER = -1;
    private static final int HANDSHAKE_MILLISECONDS = 10_000;

    private final ServerSocket server;
    private final Handshake handshake;
    private final Consumer<JsonObject> events;
    private final Thread thread;

    /// Listens on the driver.
    ///
    /// @param host the driver's address, by which executors reach it
    Feed(String host, byte[] secret, Consumer<JsonObject> events) throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getByName(host));
        handshake = new Handshake(secret, 0);
        this.events = events;
        thread = Thread.ofVirtual().name("manabi-feed").start(this::serve);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                read(socket);
            } catch (IOException | FormatException e) {
                // The replica was lost, and another will call; or it was none of ours.
            }
        }
    }

    private void read(Socket socket) throws IOException {
        socket.setSoTimeout(HANDSHAKE_MILLISECONDS);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        handshake.accept(in, out, DRIVER);
        socket.setSoTimeout(0);
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                out.write('\n'); // all lines before are taken
                out.flush();
                return;
            }
            events.accept(
                    JsonFields.of(JsonReader.parse(line, "events", ""), "events", "").object());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The replica's end.
    static final class Teller implements AutoCloseable {

        private final Socket socket = new Socket();

        Teller(String host, int port, byte[] secret) throws IOException {
            socket.connect(new InetSocketAddress(host, port), HANDSHAKE_MILLISECONDS);
            socket.setSoTimeout(HANDSHAKE_MILLISECONDS);
            new Handshake(secret, 0)
                    .call(
                            new DataInputStream(socket.getInputStream()),
                            new DataOutputStream(socket.getOutputStream()),
                            0,
                            DRIVER);
        }

        void tell(JsonObject event) throws IOException {
            socket.getOutputStream().write((event + "\n").getBytes(StandardCharsets.UTF_8));
        }

        /// Returns when the driver has taken everything.
        @Override
        public void close() throws IOException {
            try (socket) {
                socket.getOutputStream().write('\n');
                int end = socket.getInputStream().read();
                if (end != '\n') {
                    throw new IOException("the driver did not take the last events");
                }
            }
        }
    }
}
