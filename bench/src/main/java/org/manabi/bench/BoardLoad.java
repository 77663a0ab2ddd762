package org.manabi.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.manabi.board.Board;
import org.manabi.board.web.Bind;
import org.manabi.data.Dataset;
import org.manabi.datasets.Mnist;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Sgd;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.TrainEvent;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// Measures the board under load over loopback, clients and server in one process:
///
/// - how much of its speed a training keeps while 200 event streams watch it, 50 of which do not read;
///   alone and watched in turns, so that a busy minute slows both;
/// - how long 500 page loads take that begin at once.
final class BoardLoad {

    private static final int STREAMS = 200;
    private static final int DEAF = 50;
    private static final int ROUNDS = 5;
    private static final int STEPS = 20_000;
    private static final int PAGES = 500;

    /// As `manabi train` writes: about a thousand lines a run.
    private static final int STRIDE = STEPS / 1_000;

    private final Dataset digits = Mnist.load().train().first(10_000);
    private final Path runs;
    private final RunDirectory run;

    private BoardLoad(Path runs) {
        this.runs = runs;
        this.run =
                RunDirectory.createAt(
                        runs.resolve("run"),
                        new RunDescription(
                                JsonObject.EMPTY, "mnist", "00", JsonObject.EMPTY, 0, 1));
    }

    static void run() throws Exception {
        Path runs = Files.createTempDirectory("manabi-board-load");
        try {
            BoardLoad load = new BoardLoad(runs);
            load.streams();
            load.pages();
        } finally {
            delete(runs);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void streams() throws Exception {
        train();
        double[] alone = new double[ROUNDS];
        double[] watched = new double[ROUNDS];
        AtomicLong received = new AtomicLong();
        try (Board board = board()) {
            for (int round = 0; round < ROUNDS; round++) {
                alone[round] = train();
                List<Socket> streams = new ArrayList<>();
                long from = Files.size(run.folder().resolve("metrics.jsonl"));
                try {
                    for (int i = 0; i < STREAMS; i++) {
                        streams.add(listen(board, from, i < DEAF, received));
                    }
                    watched[round] = train();
                } finally {
                    for (Socket stream : streams) {
                        stream.close();
                    }
                }
            }
        }
        System.out.printf(
                "board streams=%d deaf=%d steps_per_s_alone=%.0f watched=%.0f kept=%.3f"
                        + " received_mb=%.1f%n",
                STREAMS,
                DEAF,
                median(alone),
                median(watched),
                median(watched) / median(alone),
                received.get() / 1e6);
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void pages() throws Exception {
        List<Double> seconds = new ArrayList<>();
        int answered = 0;
        try (Board board = board();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            load(board); // warms up
            List<Callable<Double>> loads = new ArrayList<>();
            for (int i = 0; i < PAGES; i++) {
                loads.add(() -> load(board));
            }
            for (Future<Double> load : clients.invokeAll(loads)) {
                double time = load.get();
                answered += Double.isNaN(time) ? 0 : 1;
                seconds.add(Double.isNaN(time) ? Double.POSITIVE_INFINITY : time);
            }
        }
        seconds.sort(null);
        System.out.printf(
                "board page_loads=%d answered=%d p50_s=%.3f p99_s=%.3f%n",
                PAGES, answered, seconds.get(PAGES / 2), seconds.get(PAGES * 99 / 100));
    }

    /// The time of one page with its scripts; NaN if it was not answered well.
    private static double load(Board board) {
        long began = System.nanoTime();
        for (String path : List.of("/", "/app.js", "/uplot.js", "/api/runs")) {
            try (Socket socket = ask(board, path, 1 << 16)) {
                byte[] answer = socket.getInputStream().readAllBytes();
                if (!new String(answer, 0, Math.min(12, answer.length), ISO_8859_1)
                        .equals("HTTP/1.1 200")) {
                    return Double.NaN;
                }
            } catch (IOException e) {
                return Double.NaN; // counted as not answered
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private Board board() {
        return Board.start(Bind.loopback(0), runs, _ -> Mnist.load());
    }

    private static Socket ask(Board board, String path, int buffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(buffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), board.port()));
        String request =
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    private static Socket listen(Board board, long from, boolean deaf, AtomicLong received)
            throws IOException {
        Socket socket = ask(board, "/api/runs/run/events?from=" + from, deaf ? 1 << 12 : 1 << 16);
        if (!deaf) {
            Thread.ofVirtual().start(() -> read(socket, received));
        }
        return socket;
    }

    private static void read(Socket socket, AtomicLong received) {
        byte[] buffer = new byte[1 << 14];
        try (InputStream in = socket.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                received.addAndGet(count);
            }
        } catch (IOException e) {
            received.addAndGet(0); // closed at the end of a round
        }
    }

    /// Trains once; the result is in steps a second.
    private double train() {
        Network network =
                new Network(
                        Sequential.of(new Dense(64), new Relu(), new Dense(10)),
                        digits.sampleShape(),
                        DType.FLOAT32,
                        Seed.of(0));
        var trainer =
                new Trainer<>(
                        Model.ofLogits(network),
                        SoftmaxCrossEntropy.MEAN,
                        new Sgd(0.1),
                        TrainingConfig.DEFAULTS.withBudget(new Budget.Steps(STEPS)));
        long began = System.nanoTime();
        trainer.train(
                digits,
                null,
                event -> {
                    if (event instanceof TrainEvent.StepDone done && done.step() % STRIDE == 0) {
                        run.append(
                                JsonObject.EMPTY
                                        .with("event", "step")
                                        .with("step", done.step())
                                        .with("loss", done.loss()));
                    }
                });
        return STEPS / ((System.nanoTime() - began) / 1e9);
    }
}
