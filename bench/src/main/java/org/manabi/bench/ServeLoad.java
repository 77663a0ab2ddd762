package org.manabi.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.manabi.board.predict.PredictionService;
import org.manabi.board.web.Bind;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.SavedModel;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.train.Model;

/// Measures the prediction service over loopback with kept connections, clients and server in one
/// process: first one client, then 32, with JSON and with npy bodies. The network is the one of the
/// benchmark's workload W2, 784-512-512-10, without training, which changes no time.
final class ServeLoad {

    private static final int SIZE = 784;

    private ServeLoad() {}

    /// @param seconds how long each measurement lasts
    static void run(double seconds) throws Exception {
        Network network =
                new Network(
                        Sequential.of(
                                new Dense(512),
                                new Relu(),
                                new Dense(512),
                                new Relu(),
                                new Dense(10)),
                        Shape.of(SIZE),
                        DType.FLOAT32,
                        Seed.of(0));
        SavedModel saved =
                new SavedModel(Model.ofLogits(network), ModelCard.EMPTY.withDivisor(255));
        try (PredictionService service =
                PredictionService.start(Bind.loopback(0), "w2", saved, 1)) {
            for (String kind : List.of("json", "npy")) {
                byte[] request = kind.equals("json") ? json() : npy();
                measure(service.port(), request, 8, seconds); // warms up
                report(kind, 1, measure(service.port(), request, 1, seconds), seconds);
                report(kind, 32, measure(service.port(), request, 32, seconds), seconds);
            }
        }
    }

    private static byte[] json() {
        StringBuilder body = new StringBuilder("{\"inputs\":[");
        Random random = new Random(1);
        for (int i = 0; i < SIZE; i++) {
            body.append(i == 0 ? "" : ",").append(random.nextInt(5) == 0 ? random.nextInt(256) : 0);
        }
        return request("application/json", body.append("]}").toString().getBytes(ISO_8859_1));
    }

    private static byte[] npy() {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 784), }";
        String padded = header + " ".repeat(117 - header.length()) + "\n";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        body.writeBytes(padded.getBytes(ISO_8859_1));
        byte[] pixels = new byte[SIZE];
        new Random(1).nextBytes(pixels);
        body.writeBytes(pixels);
        return request("application/x-npy", body.toByteArray());
    }

    private static byte[] request(String type, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                ("POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                                + type
                                + "\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /// The time of each request, in nanoseconds, sorted.
    private static long[] measure(int port, byte[] request, int clients, double seconds)
            throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<long[]>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> client(port, request, end)));
            }
            List<long[]> times = new ArrayList<>();
            for (Future<long[]> one : all) {
                times.add(one.get());
            }
            return times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        }
    }

    private static long[] client(int port, byte[] request, long end) throws IOException {
        long[] times = new long[1 << 20];
        int count = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
            OutputStream out = socket.getOutputStream();
            while (System.nanoTime() < end && count < times.length) {
                long began = System.nanoTime();
                out.write(request);
                readAnswer(in);
                times[count] = System.nanoTime() - began;
                count++;
            }
        }
        return Arrays.copyOf(times, count);
    }

    private static void readAnswer(InputStream in) throws IOException {
        int length = -1;
        String first = "";
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            first = first.isEmpty() ? line : first;
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring("content-length:".length()).strip());
            }
        }
        if (!first.contains(" 200 ")) {
            throw new IOException("the service answered " + first);
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void report(String kind, int clients, long[] times, double seconds) {
        System.out.printf(
                "serve %s clients=%d requests_per_s=%.0f p50_us=%.0f p99_us=%.0f max_us=%.0f%n",
                kind,
                clients,
                times.length / seconds,
                times[times.length / 2] / 1e3,
                times[(int) (times.length * 0.99)] / 1e3,
                times[times.length - 1] / 1e3);
    }
}
