package org.manabi.board;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.board.web.Bind;
import org.manabi.data.Dataset;
import org.manabi.datasets.Mnist;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
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

/// Many pages at once, some of which do not read. What is measured in seconds is measured by
/// `bench/web`; here only promises are kept, however busy the machine is.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BoardLoadTests {

    private static final int DEAF = 50;
    private static final int STEPS = 300;

    /// A step's event in bytes. All of them, 30 MB, are several times what fits between the server and
    /// a client that reads nothing: the sending side's buffer has at most some megabytes.
    private static final int EVENT = 100_000;

    private static final ExecutorService CLIENTS = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir private Path runs;

    private final Dataset digits = Mnist.load().train().first(200);

    @AfterAll
    static void stop() {
        CLIENTS.close();
    }

    /// The training ends although the connections of fifty clients are full; one that reads is told
    /// everything meanwhile, and one that begins to read afterwards goes on to the end.
    @Test
    void aTrainingNeverWaitsForClientsThatDoNotRead() throws Exception {
        RunDirectory run = run();
        List<Socket> deaf = new ArrayList<>();
        try (Board board = board();
                Socket reading = listen(board)) {
            for (int i = 0; i < DEAF; i++) {
                deaf.add(listen(board));
            }
            Future<Boolean> read = CLIENTS.submit(() -> readsTheEnd(reading));
            train(run);
            run.append(JsonObject.EMPTY.with("event", "the end"));
            assertThat(read.get()).isTrue();
            assertThat(readsTheEnd(deaf.getLast())).isTrue();
        } finally {
            for (Socket socket : deaf) {
                socket.close();
            }
        }
    }

    @Test
    void fiveHundredPagesLoadAtOnce() throws Exception {
        run();
        List<Boolean> answered = new ArrayList<>();
        try (Board board = board()) {
            List<Callable<Boolean>> loads = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                loads.add(() -> load(board));
            }
            for (Future<Boolean> load : CLIENTS.invokeAll(loads)) {
                answered.add(load.get());
            }
        }
        assertThat(answered).hasSize(500).doesNotContain(false);
    }

    private static boolean load(Board board) throws IOException {
        boolean well = true;
        for (String path : List.of("/", "/app.js", "/uplot.js", "/api/runs")) {
            try (Socket socket = connect(board, path)) {
                byte[] answer = socket.getInputStream().readAllBytes();
                well &= new String(answer, 0, 12, ISO_8859_1).equals("HTTP/1.1 200");
            }
        }
        return well;
    }

    private Board board() {
        return Board.start(Bind.loopback(0), runs, _ -> Mnist.load());
    }

    private RunDirectory run() {
        return RunDirectory.createAt(
                runs.resolve("run"),
                new RunDescription(JsonObject.EMPTY, "mnist", "00", JsonObject.EMPTY, 0, 1));
    }

    private static Socket connect(Board board, String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 12); // before it connects, or the window may be larger
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), board.port()));
        String request =
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    /// A client that has seen the stream begin, and from then on reads nothing.
    private static Socket listen(Board board) throws IOException {
        Socket socket = connect(board, "/api/runs/run/events?from=0");
        InputStream in = socket.getInputStream();
        StringBuilder begun = new StringBuilder();
        while (begun.indexOf("event: run") < 0) {
            begun.append((char) in.read());
        }
        return socket;
    }

    private static boolean readsTheEnd(Socket socket) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("the end")) {
                return true;
            }
        }
        return false;
    }

    private void train(RunDirectory run) {
        Network network =
                new Network(
                        Sequential.of(new Dense(10)),
                        digits.sampleShape(),
                        DType.FLOAT32,
                        Seed.of(0));
        var trainer =
                new Trainer<>(
                        Model.ofLogits(network),
                        SoftmaxCrossEntropy.MEAN,
                        new Sgd(0.1),
                        TrainingConfig.DEFAULTS.withBudget(new Budget.Steps(STEPS)));
        String much = "x".repeat(EVENT);
        trainer.train(
                digits,
                null,
                event -> {
                    if (event instanceof TrainEvent.StepDone done) {
                        run.append(
                                JsonObject.EMPTY
                                        .with("event", "step")
                                        .with("step", done.step())
                                        .with("much", much));
                    }
                });
    }
}
