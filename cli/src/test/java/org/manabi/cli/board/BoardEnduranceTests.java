package org.manabi.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.board.Board;
import org.manabi.board.web.Bind;
import org.manabi.cli.CommandRun;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Language;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.run.RunDescription;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.run.RunLock;

/// Long runs and long hours: what a page keeps and draws is counted, since times on a busy machine
/// say nothing. The times of frames are printed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoardEnduranceTests {

    private static final int STEPS = 100_000;
    private static final int SERIES = 20;

    /// As `Columns.MAX_ROWS` at the server.
    private static final long MOST_ROWS = 2_000;

    @TempDir private static Path folder;

    private Browser browser;
    private Board board;

    @BeforeAll
    void start() {
        browser = Browser.start();
        browser.driver().manage().timeouts().scriptTimeout(Duration.ofMinutes(5));
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

    @SuppressWarnings("unchecked")
    private Map<String, Object> ask(String script, Object... values) {
        return (Map<String, Object>) browser.driver().executeAsyncScript(script, values);
    }

    /// What the page's scripts hold, garbage not counted.
    private long heap() {
        browser.driver().executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        return number(
                browser.driver().executeCdpCommand("Runtime.getHeapUsage", Map.of()), "usedSize");
    }

    private static long number(Map<String, Object> map, String name) {
        return ((Number) map.get(name)).longValue();
    }

    /// The page's own classes take 100 000 steps of 20 curves, as events of a live training, and draw
    /// at each frame; then an hour of events at five a second comes on top.
    @Test
    void aLongRunStaysBounded() {
        browser.width(1440);
        browser.open(board.url(), "en", "light");
        Map<String, Object> begun =
                ask(
                        """
                        const [steps, count, done] = arguments;
                        (async () => {
                          const { History } = await import('/history.js');
                          const { Chart } = await import('/chart.js');
                          const history = new History({ kinds: {}, last: {}, next: 0 });
                          const chart = new Chart({ title: 'test', x: 'step', log: true });
                          document.getElementById('main').append(chart.element);
                          const names = Array.from({ length: count }, (_, k) => 'layer' + k);
                          let step = 0;
                          const event = () => ({ event: 'layers', step: ++step, layers: names.map((n, k) =>
                            ({ parameter: n, gradient: Math.exp(Math.sin(step / 999 + k)) })) });
                          const spread = () => ({ event: 'histograms', step, weights: [], activations: [] });
                          const show = () => {
                            const columns = history.kind('layers');
                            chart.show(names.map(n => ({ label: n, x: columns.get('step'),
                              y: columns.get('layers.' + n + '.gradient'), points: false })));
                          };
                          const frame = () => new Promise(go => requestAnimationFrame(go));
                          const times = [];
                          let asked = 0, most = 0, before = await frame();
                          const play = async (until, each) => {
                            while (step < until) {
                              for (let i = 0; i < each; i++) history.add(event());
                              history.add(spread());
                              show(); show(); show(); // however often it is asked for, it draws once
                              asked += 3;
                              const now = await frame();
                              times.push(now - before);
                              before = now;
                              most = Math.max(most, history.kind('layers').rows);
                            }
                          };
                          await play(steps, 400);
                          window.hour = { elements: document.querySelectorAll('*').length, go };
                          done({});
                          async function go(done) {
                          before = await frame();
                          await play(steps + 18000, 100);
                          await frame();
                          times.sort((a, b) => a - b);
                          const numbers = [...history.kind('layers').columns.values()];
                          done({ most, drawn: chart.drawn, asked, series: numbers.length - 1, frames: times.length,
                            longest: Math.max(...numbers.map(c => c.length)), last: numbers[0].at(-1),
                            points: Math.max(...chart.plot.data.map(c => c.length)),
                            histograms: history.histograms.all.length,
                            more: document.querySelectorAll('*').length - window.hour.elements,
                            p50: times[times.length >> 1], p95: times[Math.floor(times.length * 0.95)] });
                          }
                        })().catch(error => done({ error: String(error) }));
                        """,
                        STEPS,
                        SERIES);
        assertThat(begun).doesNotContainKey("error");
        long heap = heap();
        Map<String, Object> seen = ask("window.hour.go(arguments[0])");
        long later = heap();
        System.out.printf(
                "board page of 100 000 steps, 20 curves: %s, heap %d bytes, an hour later %d%n",
                seen, heap, later);
        assertThat(seen).doesNotContainKey("error");
        assertThat(number(seen, "series")).isEqualTo(SERIES);
        assertThat(number(seen, "most")).isBetween(MOST_ROWS / 2, MOST_ROWS);
        assertThat(number(seen, "longest")).isLessThanOrEqualTo(MOST_ROWS);
        assertThat(number(seen, "points")).isLessThanOrEqualTo(MOST_ROWS);
        assertThat(number(seen, "drawn"))
                .isLessThanOrEqualTo(number(seen, "frames") + 1)
                .isLessThan(number(seen, "asked"));
        assertThat(number(seen, "histograms")).isLessThanOrEqualTo(64);
        assertThat(number(seen, "more")).isZero();
        assertThat(later).as("bytes of the page's heap").isLessThan(heap + (1 << 20));
        // The curve reaches to the end but for the rows that wait to be merged.
        assertThat(number(seen, "last")).isGreaterThan(STEPS);
    }

    /// A real file of 100 000 steps, through the server, while its run goes on.
    @Test
    void aLongFileIsShownInFewPoints() throws Exception {
        Path path = folder.resolve("runs/long");
        RunDirectory run =
                RunDirectory.createAt(
                        path,
                        new RunDescription(
                                JsonObject.EMPTY.with("model", "mlp"),
                                "mnist",
                                "00",
                                JsonObject.EMPTY,
                                0,
                                1));
        StringBuilder lines = new StringBuilder();
        for (int step = 1; step <= STEPS; step++) {
            lines.append("{\"event\":\"step\",\"step\":")
                    .append(step)
                    .append(",\"loss\":")
                    .append(1.0 / step)
                    .append("}\n");
        }
        Files.writeString(path.resolve("metrics.jsonl"), lines);
        try (RunLock _ = RunLock.take(path)) {
            browser.width(1440);
            browser.open(board.url() + "#/run/long", "en", "light");
            browser.waitForText(".facts", "100");
            browser.click(".chart .tools button");
            browser.waitFor(".table-view table");
            run.append(JsonObject.EMPTY.with("event", "step").with("step", 200_001L));
            browser.waitForText(".facts", "200\u202f001");
        }
        Map<String, Object> seen =
                ask(
                        """
                        const done = arguments[0];
                        fetch('/api/runs/long/metrics').then(r => r.json()).then(json => done({
                          rows: json.kinds.step.columns.step.length, merged: json.kinds.step.merged }));
                        """);
        assertThat(number(seen, "rows")).isBetween(MOST_ROWS / 2, MOST_ROWS);
        assertThat(number(seen, "merged")).isEqualTo(64);
    }

    /// Charts of pages that were left are given up: neither elements nor listeners pile up.
    @Test
    void pagesThatAreLeftLeaveNothingBehind() {
        CommandRun run =
                CommandRun.of(
                        "train",
                        "digits",
                        "--model",
                        "mlp:8",
                        "--steps",
                        400,
                        "--validation",
                        0.2,
                        "--out",
                        folder.resolve("runs/left"));
        assertThat(run.code()).as(run.err()).isZero();
        browser.width(1440);
        browser.open(board.url() + "#/lessons", "en", "light");
        visit();
        visit();
        Map<String, Double> first = counts();
        openRun();
        Map<String, Double> shown = counts();
        for (int i = 0; i < 8; i++) {
            visit();
        }
        Map<String, Double> later = counts();
        System.out.println("board pages: " + first + ", a run " + shown + ", later " + later);
        // A fifth of one page, after eight.
        for (String name : List.of("Nodes", "JSEventListeners")) {
            assertThat(later.get(name) - first.get(name))
                    .as(name)
                    .isLessThan(0.2 * (shown.get(name) - first.get(name)));
        }
    }

    private void openRun() {
        browser.driver().executeScript("location.hash = '#/run/left'");
        browser.waitForText("main", "Confusion matrix");
        waitUntilThereIs("#spread canvas");
    }

    /// Without an element being handed over, which the driver would keep from being collected.
    private void waitUntilThereIs(String selector) {
        browser.until(
                _ ->
                        browser.driver()
                                .executeScript(
                                        "return document.querySelector(arguments[0]) !== null",
                                        selector));
    }

    private void visit() {
        openRun();
        browser.driver().executeScript("location.hash = '#/lessons'");
        waitUntilThereIs(".lesson-card");
    }

    /// What Chromium counts after it has collected its garbage.
    private Map<String, Double> counts() {
        browser.driver().executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        browser.driver().executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        browser.driver().executeCdpCommand("Performance.enable", Map.of());
        Object metrics =
                browser.driver()
                        .executeCdpCommand("Performance.getMetrics", Map.of())
                        .get("metrics");
        Map<String, Double> counts = new TreeMap<>();
        for (Object metric : (List<?>) metrics) {
            Map<?, ?> one = (Map<?, ?>) metric;
            if (List.of("Nodes", "JSEventListeners", "JSHeapUsedSize").contains(one.get("name"))) {
                counts.put(
                        String.valueOf(one.get("name")), ((Number) one.get("value")).doubleValue());
            }
        }
        return counts;
    }
}
