package org.manabi.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.board.runs.RunControl;
import org.manabi.board.web.Bind;
import org.manabi.data.Split;
import org.manabi.datasets.Mnist;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunLock;
import org.manabi.formats.run.RunState;

class BoardTests {

    @TempDir private Path runs;

    private final HttpClient client = HttpClient.newHttpClient();
    private Board board;

    @BeforeEach
    void start() {
        board = Board.start(Bind.loopback(0), runs, _ -> firstDigits());
    }

    @AfterEach
    void stop() {
        board.close();
        client.close();
    }

    private static Split firstDigits() {
        Split all = Mnist.load();
        return new Split(all.train().first(600), all.test().first(100));
    }

    @Test
    void everyPageComesFromThisServerAlone() throws Exception {
        String index = get("").body();

        assertThat(index).contains("app.js").doesNotContain("http:").doesNotContain("https:");
        assertThat(get("app.js").headers().firstValue("Content-Type"))
                .hasValue("text/javascript; charset=utf-8");
        String tag = get("uplot.js").headers().firstValue("ETag").orElseThrow();
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            HttpRequest again = request("uplot.js").header("If-None-Match", known).build();
            HttpResponse<String> answer = client.send(again, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(known).isEqualTo(304);
            // Else the browser would take the answer for "do not store" and ask for all again.
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
        }
        HttpRequest other = request("uplot.js").header("If-None-Match", "\"other\"").build();
        assertThat(client.send(other, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void listsRunsWithTheirFigures() throws Exception {
        RunDirectory run = run("a");
        run.append(epoch(1, 0.5, 0.7));
        run.append(epoch(2, 0.4, 0.8));
        run.append(epoch(3, 0.6, 0.75));
        run.update(RunState.FINISHED, JsonObject.EMPTY);

        String list = get("api/runs").body();
        assertThat(list)
                .contains("\"id\":\"a\"", "\"state\":\"finished\"", "\"spark\":[0.5,0.4,0.6]")
                .contains("\"best\":{\"loss\":0.4,\"accuracy\":0.8}");
    }

    @Test
    void namesWithHtmlAndDamagedFilesDoNoHarm() throws Exception {
        run("<script>alert(1)<");
        Files.createDirectory(runs.resolve("damaged"));
        Files.writeString(runs.resolve("damaged/run.json"), "{");

        HttpResponse<String> list = get("api/runs");
        assertThat(list.body()).contains("<script>alert(1)<").doesNotContain("damaged");
        assertThat(list.headers().firstValue("Content-Type"))
                .hasValue("application/json; charset=utf-8");
    }

    @Test
    void aRunThatCannotBeReadHidesNoOther() throws Exception {
        run("good").append(epoch(1, 0.5, 0.7));
        RunDirectory bad = run("bad");
        Files.writeString(bad.folder().resolve("metrics.jsonl"), "this is no JSON\n");

        HttpResponse<String> list = get("api/runs");
        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.body()).contains("\"id\":\"good\"", "\"id\":\"bad\"", "\"fault\":");
    }

    @Test
    void aRunIsRunningAsLongAsItsLockIsHeld() throws Exception {
        RunDirectory run = run("a"); // says it is running, as one that was killed does
        assertThat(get("api/runs").body()).contains("\"state\":\"interrupted\"");
        try (RunLock _ = RunLock.take(run.folder())) {
            assertThat(get("api/runs").body()).contains("\"state\":\"running\"");
            run.update(RunState.INTERRUPTED, JsonObject.EMPTY); // and was resumed
            assertThat(get("api/runs/a").body()).contains("\"state\":\"running\"");
        }
        assertThat(get("api/runs/a").body()).contains("\"state\":\"interrupted\"");
    }

    @Test
    void aResumeThatTakesBackEventsIsSeen() throws Exception {
        RunDirectory run = run("a");
        run.append(epoch(1, 0.5, 0.7));
        long kept = run.metricsLog().length();
        run.append(epoch(2, 0.4, 0.8));
        run.append(epoch(3, 0.3, 0.8));
        try (InputStream stream = stream("api/runs/a/events?from=0", null)) {
            BufferedReader lines = lines(stream);
            next(lines, "data: ", "\"epoch\":3", new ArrayList<>());
            assertThat(get("api/runs").body()).contains("\"spark\":[0.5,0.4,0.3]");
            run.metricsLog().truncate(kept);
            run.append(epoch(2, 0.45, 0.8));
            assertThat(get("api/runs").body()).contains("\"spark\":[0.5,0.45]");
            next(lines, "event: ", "lost", new ArrayList<>());
        }
    }

    @Test
    void aDivergedLossNeverReachesJsonAsNan() throws Exception {
        RunDirectory run = run("a");
        run.append(JsonObject.EMPTY.with("event", "step").with("step", 1L).with("loss", 2.5));
        run.append(
                JsonObject.EMPTY.with("event", "step").with("step", 2L).with("loss", Double.NaN));

        String metrics = get("api/runs/a/metrics").body();
        assertThat(metrics).contains("\"loss\":[2.5,null]");
        assertThat(JsonReader.parse(metrics, "metrics")).isInstanceOf(JsonObject.class);
    }

    @Test
    void aRunOutsideTheFolderIsNotServed(@TempDir Path parent) throws Exception {
        Path outside = parent.resolve("run");
        RunDirectory.createAt(outside, description());
        String name = String.valueOf(parent.getFileName()) + "%2frun";

        for (String id : List.of("..%2f" + name, "..", ".", "%2e%2e", "..%5c" + name, name)) {
            assertThat(get("api/runs/" + id).statusCode()).as(id).isEqualTo(404);
        }
    }

    /// Sent as they stand: client libraries would take the dots out.
    @Test
    void aPathCannotClimb(@TempDir Path outside) throws Exception {
        RunDirectory.createAt(outside.resolve("secret"), description());
        String name = String.valueOf(runs.relativize(outside).getFileName());
        assertThat(runs.resolveSibling(name)).isEqualTo(outside);
        run("a");
        assertThat(raw("/api/runs/a")).startsWith("HTTP/1.1 200").contains("\"seed\":0");

        for (String path :
                List.of(
                        "/api/runs/../" + name + "/secret",
                        "/api/runs/..%2f" + name + "%2fsecret",
                        "/api/runs/a%2f..%2f..%2f" + name + "%2fsecret",
                        "/api/runs/..%5c" + name + "%5csecret",
                        "/api/runs/%2e%2e/" + name + "/secret",
                        "/api/runs/" + outside.resolve("secret").toString().replace("/", "%2f"),
                        "/../" + name + "/secret/run.json",
                        "/..%2f" + name + "%2fsecret%2frun.json")) {
            assertThat(raw(path)).as(path).startsWith("HTTP/1.1 404").doesNotContain("seed");
        }
    }

    private String raw(String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), board.port())) {
            socket.getOutputStream()
                    .write(
                            ("GET "
                                            + path
                                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void eventsFollowAndAReconnectCatchesUp() throws Exception {
        RunDirectory run = run("a");
        run.append(epoch(1, 0.5, 0.7));
        List<String> ids = new ArrayList<>();
        try (InputStream stream = stream("api/runs/a/events?from=0", null)) {
            BufferedReader lines = lines(stream);
            assertThat(next(lines, "data: ", "\"epoch\":1", ids)).contains("\"loss\":0.5");
            run.append(epoch(2, 0.4, 0.8));
            assertThat(next(lines, "data: ", "\"epoch\":2", ids)).doesNotContain("\"epoch\":1");
        }
        run.append(epoch(3, 0.3, 0.9)); // while the connection is lost
        try (InputStream stream = stream("api/runs/a/events?from=0", ids.getLast())) {
            assertThat(next(lines(stream), "data: ", "\"epoch\":3", ids))
                    .doesNotContain("\"epoch\":2");
        }
    }

    @Test
    void theEndOfARunIsTold() throws Exception {
        RunDirectory run = run("a");
        try (RunLock _ = RunLock.take(run.folder());
                InputStream stream = stream("api/runs/a/events?from=0", null)) {
            BufferedReader lines = lines(stream);
            next(lines, "data: ", "\"state\":\"running\"", new ArrayList<>());
            run.update(RunState.FINISHED, JsonObject.EMPTY.with("steps", 7L));
            assertThat(next(lines, "data: ", "\"state\":\"finished\"", new ArrayList<>()))
                    .contains("\"steps\":7");
        }
    }

    @Test
    void aTrainingOfThisProcessIsControlled() throws Exception {
        RunDirectory run = run("a");
        Recorded control = new Recorded();
        board.runs().attach(run.folder(), control);

        assertThat(post("api/runs/a/control", "{\"action\":\"pause\"}").body())
                .contains("\"paused\":true");
        post("api/runs/a/control", "{\"action\":\"learning-rate\",\"value\":0.25}");
        post("api/runs/a/control", "{\"action\":\"stop\"}");
        assertThat(control.calls).containsExactly("pause", "rate 0.25", "stop");
        assertThat(
                        post("api/runs/a/control", "{\"action\":\"learning-rate\",\"value\":-1}")
                                .statusCode())
                .isEqualTo(400);
        assertThat(post("api/runs/a/control", "{\"action\":\"explode\"}").statusCode())
                .isEqualTo(400);

        board.runs().detach(run.folder());
        assertThat(post("api/runs/a/control", "{\"action\":\"stop\"}").statusCode()).isEqualTo(409);
    }

    @Test
    void aRunIsDeletedUnlessItIsGoingOn() throws Exception {
        RunDirectory run = run("a");
        try (RunLock _ = RunLock.take(run.folder())) {
            assertThat(delete("api/runs/a").statusCode()).isEqualTo(409);
        }
        run.update(RunState.FINISHED, JsonObject.EMPTY);
        assertThat(delete("api/runs/a").statusCode()).isEqualTo(200);
        assertThat(runs.resolve("a")).doesNotExist();
    }

    private static final class Recorded implements RunControl {

        private final List<String> calls = new ArrayList<>();

        @Override
        public void pause() {
            calls.add("pause");
        }

        @Override
        public void resume() {
            calls.add("resume");
        }

        @Override
        public void stop() {
            calls.add("stop");
        }

        @Override
        public void setLearningRate(double rate) {
            calls.add("rate " + rate);
        }

        @Override
        public boolean isPaused() {
            return calls.contains("pause");
        }
    }

    private RunDirectory run(String name) {
        return RunDirectory.createAt(runs.resolve(name), description());
    }

    private static RunDescription description() {
        return new RunDescription(
                JsonObject.EMPTY.with("model", "two-layer"), "mnist", "00", JsonObject.EMPTY, 0, 1);
    }

    private static JsonObject epoch(long number, double loss, double accuracy) {
        return JsonObject.EMPTY
                .with("event", "epoch")
                .with("epoch", number)
                .with("step", 10 * number)
                .with("validation", JsonObject.EMPTY.with("loss", loss).with("accuracy", accuracy));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + board.port() + "/" + path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                request(path)
                        .header("X-Manabi-Token", token())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return client.send(
                request(path).header("X-Manabi-Token", token()).DELETE().build(),
                BodyHandlers.ofString());
    }

    private String token() throws IOException, InterruptedException {
        return get("api/session").body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    private InputStream stream(String path, String lastEventId)
            throws IOException, InterruptedException {
        HttpRequest.Builder builder = request(path);
        if (lastEventId != null) {
            builder.header("Last-Event-ID", lastEventId);
        }
        return client.send(builder.build(), BodyHandlers.ofInputStream()).body();
    }

    private static BufferedReader lines(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /// Reads on to the line that begins and continues so, collecting the events' names on the way.
    private static String next(BufferedReader lines, String begin, String part, List<String> ids)
            throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                ids.add(line.substring("id: ".length()));
            }
            if (line.startsWith(begin) && line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("the stream ended without " + part);
    }
}
