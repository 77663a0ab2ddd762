package org.manabi.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.manabi.board.Board;
import org.manabi.board.web.Bind;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Language;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunState;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/// The pages as a person uses them: a real training is watched, every lesson is operated, a digit is
/// drawn.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BoardPagesTests {

    @TempDir private static Path folder;

    private Browser browser;
    private Board board;

    @BeforeAll
    void start() {
        browser = Browser.start();
        Console console =
                Console.of(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Language.EN);
        board = Boards.start(Bind.loopback(0), folder.resolve("runs"), console);
    }

    @AfterAll
    void stop() {
        if (board != null) {
            board.close();
            browser.close();
        }
    }

    @AfterEach
    void nothingIsWrongInTheConsole() {
        browser.assertQuiet();
    }

    private static CompletableFuture<CommandRun> train(Path out, Object... more) {
        List<Object> words = new ArrayList<>(List.of("train", "mnist", "--out", out));
        words.addAll(List.of(more));
        return CompletableFuture.supplyAsync(() -> CommandRun.of(words.toArray()));
    }

    @Test
    @Order(1)
    void aTrainingIsWatchedToItsEnd() {
        browser.width(1440);
        browser.open(board.url() + "#/runs", "en", "light"); // before it, so that none is missed
        CompletableFuture<CommandRun> training =
                train(
                        folder.resolve("runs/watched"),
                        "--model",
                        "mlp:64",
                        "--epochs",
                        10,
                        "--validation",
                        0.1);
        browser.waitForText("table.runs", "running");
        browser.click("table.runs a");
        browser.waitForText(".chip", "running");
        browser.waitForText(".chip", "finished");

        CommandRun run = training.join();
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(browser.waitForText(".facts", "Test accuracy")).contains("%");
        browser.waitForText("main", "Confusion matrix");
        browser.waitForText("main", "What the first units look for");
        browser.waitForText("#spread", "Weights 0.weight");
        browser.waitForText("#spread", "Output of 1 Relu");
        assertAllFormsAreSaved("#spread figure", "\"Step\"");
        assertAllFormsAreSaved("figure.chart", "\"Validation loss\"");
        browser.click(".chart .tools button"); // the table of the losses
        WebElement table = browser.waitFor(".table-view table");
        assertThat(table.findElements(By.tagName("tr")).size()).isGreaterThan(20);
        assertThat(table.getText()).contains("Validation loss");
        browser.click(".confusion button:not(:disabled)");
        browser.waitFor(".confusion ~ *, .card [aria-live] canvas");
    }

    /// Presses the buttons of the first figure, and reads what the page would hand to the browser.
    private void assertAllFormsAreSaved(String figure, String inCsv) {
        browser.driver()
                .executeScript(
                        """
                        window.saved ??= [];
                        window.saved.length = 0;
                        URL.createObjectURL = blob => { saved.push(blob); return '#/run/watched'; };
                        """);
        for (String kind : List.of("CSV", "SVG", "PNG")) {
            browser.driver()
                    .executeScript(
                            "[...document.querySelector(arguments[0]).querySelectorAll('button')]"
                                    + ".find(b => b.textContent === arguments[1]).click()",
                            figure,
                            kind);
        }
        browser.until(_ -> browser.driver().executeScript("return saved.length === 3"));
        List<?> saved =
                (List<?>)
                        browser.driver()
                                .executeAsyncScript(
                                        "Promise.all(saved.map(b => b.text())).then(arguments[0])");
        assertThat(saved.get(0).toString()).contains(inCsv);
        assertThat(saved.get(0).toString().lines().count()).isGreaterThan(8);
        assertThat(saved.get(1).toString()).startsWith("<svg xmlns=").endsWith("</svg>");
        assertThat(saved.get(2).toString()).contains("PNG", "IHDR", "IEND");
    }

    @Test
    @Order(2)
    void aTrainingIsPausedSteeredAndStoppedFromThePage() throws Exception {
        int port = freePort();
        Path out = folder.resolve("steered/run");
        CompletableFuture<CommandRun> training =
                train(out, "--model", "mlp:16", "--epochs", 100_000, "--board", "--port", port);
        browser.width(1440);
        browser.until(page -> answers(port));
        browser.open("http://127.0.0.1:" + port + "/#/run/run", "en", "light");
        browser.click("#pause");
        browser.waitForText(".chip", "paused");
        browser.set("#rate", "0.00025");
        browser.click("#set-rate");
        browser.click("#resume");
        browser.waitForText(".chip", "running");
        browser.waitForText("main", "Learning rate");
        browser.click("#stop");
        CommandRun run = training.join();
        assertThat(run.err())
                .contains("http://127.0.0.1:" + port)
                .contains("Paused after step", "Going on after step", "Learning rate 0.00025");
        List<String> events = metrics(out);
        assertThat(events).anyMatch(line -> line.contains("\"paused\""));
        assertThat(events).anyMatch(line -> line.contains("\"learningRate\":2.5E-4"));
        browser.open(board.url(), "en", "light");
        browser.driver()
                .manage()
                .logs()
                .get("browser"); // the other server is gone, and that is said
    }

    private static List<String> metrics(Path run) throws Exception {
        return Files.readAllLines(run.resolve("metrics.jsonl"));
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Boolean answers(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @Order(3)
    void aRunIsDeletedAfterAQuestion() {
        RunDirectory run = run("doomed");
        run.update(RunState.FINISHED, JsonObject.EMPTY);
        browser.width(1440);
        browser.open(board.url() + "#/runs", "en", "light");
        browser.click("[aria-label='Delete doomed']");
        browser.waitForText("dialog", "gone for good");
        browser.assertAccessible();
        browser.click("dialog button:not(.danger)");
        assertThat(run.folder()).exists();
        browser.click("[aria-label='Delete doomed']");
        browser.click("dialog button.danger");
        browser.until(_ -> Files.notExists(run.folder()));
        browser.waitForText("#notice", "doomed is deleted");
    }

    @Test
    @Order(3)
    void whyThereIsNothingToJudgeIsSaid() {
        run("young").update(RunState.INTERRUPTED, JsonObject.EMPTY);
        browser.width(1440);
        browser.open(board.url() + "#/run/young", "en", "light");
        browser.waitForText("#evaluation-fault", "the run has no checkpoint yet");
        browser.driver().manage().logs().get("browser"); // the refused stream is in the console
    }

    private static RunDirectory run(String name) {
        return RunDirectory.createAt(
                folder.resolve("runs").resolve(name),
                new RunDescription(
                        JsonObject.EMPTY.with("model", "mlp"),
                        "mnist",
                        "00",
                        JsonObject.EMPTY,
                        0,
                        1));
    }

    @Test
    @Order(4)
    void aDrawnDigitIsRecognized() {
        browser.width(1440);
        browser.open(board.url() + "#/draw/watched", "en", "light");
        WebElement pad = browser.waitFor("#pad");
        browser.waitFor("#model");
        int radius = pad.getSize().getWidth() / 4;
        Actions pen =
                new Actions(browser.driver()).moveToElement(pad, 0, -radius * 3 / 2).clickAndHold();
        for (int i = 1; i <= 24; i++) {
            double angle = 2 * Math.PI * i / 24;
            double before = 2 * Math.PI * (i - 1) / 24;
            pen.moveByOffset(
                    (int) Math.round(radius * (Math.sin(angle) - Math.sin(before))),
                    (int) Math.round(radius * 1.5 * (Math.cos(before) - Math.cos(angle))));
        }
        pen.release().perform();

        browser.waitForText("#verdict", "0, with");
        browser.waitFor("#nearest canvas");
        assertThat(browser.waitForText("#bars .best", "%")).startsWith("0");
        browser.click("#example");
        browser.waitForText("#verdict", "5, with");
    }

    @Test
    @Order(4)
    void theLossesFollowTheProbabilities() {
        browser.width(390);
        browser.open(board.url() + "#/lesson/loss-functions", "ja", "dark");
        browser.waitForNumber("#squares", 0.0975);
        browser.waitForNumber("#cross-entropy", 0.510825457099338);
        browser.click("#book1");
        browser.waitForNumber("#squares", 0.5975);
        browser.waitForNumber("#cross-entropy", 2.302584092994546);
        browser.set("#y2", "1");
        browser.waitForNumber("#squares", 0);
        browser.waitForNumber("#cross-entropy", -Math.log1p(1e-7));
        browser.assertFits();
    }

    @Test
    @Order(5)
    void aMiniBatchHasNumPysNumbers() {
        browser.width(1440);
        browser.open(board.url() + "#/lesson/mini-batch", "en", "light");
        browser.waitForText(
                "#numbers", "2732 43567 42613 52416 45891 21243 30403 32103 41993 57043");
        browser.click("#next");
        browser.waitForText("#numbers", "np.random.seed(1)");
        browser.click("button.run");
        browser.waitForText("main", "σ/√n");
        browser.assertAccessible();
    }

    @Test
    @Order(6)
    void aWeightIsDragged() {
        browser.width(1440);
        browser.open(board.url() + "#/lesson/why-not-accuracy", "en", "dark");
        browser.click("button.run");
        browser.waitFor("#weight");
        String before = browser.waitForText("#at-loss", ".");
        browser.set("#weight", "390");
        assertThat(browser.waitForText("#at-loss", ".")).isNotEqualTo(before);
        browser.waitForText("main", "the derivative of the accuracy is exactly 0");
        browser.assertAccessible();
    }

    @Test
    @Order(7)
    void overfittingBegins() {
        browser.width(390);
        browser.open(board.url() + "#/lesson/train-and-test", "en", "light");
        browser.set("#samples", "100");
        browser.click("button.run");
        browser.waitForText("#turn", "Overfitting from epoch");
        browser.assertFits();
        browser.assertAccessible();
    }

    @Test
    @Order(8)
    void theThreeApproachesStandSideBySide() {
        browser.width(1440);
        browser.open(board.url() + "#/lesson/data-driven", "ja", "light");
        browser.set("#hidden", "20");
        browser.click("button.run");
        browser.waitForText("main", "人が書いた規則");
        browser.waitFor(".digits canvas");
        browser.assertAccessible();
    }

    @Test
    @Order(9)
    void oneHotAndLabelsAreEqualAndTheMistakeShows() {
        browser.width(1440);
        browser.open(board.url() + "#/lesson/cross-entropy-batch", "en", "light");
        browser.click("button.run");
        browser.waitForText("#equal", "the same bits for 10");
        browser.assertAccessible();
    }

    static Stream<Arguments> looks() {
        return Stream.of(
                        "runs",
                        "run/watched",
                        "compare/watched,watched",
                        "lessons",
                        "lesson/data-driven",
                        "lesson/train-and-test",
                        "lesson/loss-functions",
                        "lesson/mini-batch",
                        "lesson/cross-entropy-batch",
                        "lesson/why-not-accuracy",
                        "draw")
                .flatMap(
                        page ->
                                Stream.of(
                                        Arguments.of(page, "en", "light", 1440),
                                        Arguments.of(page, "ja", "dark", 390)));
    }

    @ParameterizedTest
    @MethodSource("looks")
    @Order(10)
    void everyPageIsAccessibleAndFits(String page, String language, String theme, int width) {
        browser.width(width);
        browser.open(board.url() + "#/" + page, language, theme);
        browser.waitForText("nav", language.equals("en") ? "Lessons" : "レッスン");
        browser.assertFits();
        browser.assertAccessible();
    }
}
