package org.manabi.cli.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/// Chromium without a window. Where it is not installed the tests that need it are skipped, and say
/// so.
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ABSENT =
            "no Chromium to show the pages in; apt-get install chromium chromium-driver";
    private static final String AXE = readAxe();

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /// Starts the browser, or skips the test.
    static Browser start() {
        Optional<File> browser = find("chromium", "chromium-browser", "google-chrome");
        Optional<File> service = find("chromedriver");
        boolean installed = browser.isPresent() && service.isPresent();
        if (!installed) {
            IO.println("skipped: " + ABSENT);
        }
        assumeTrue(installed, ABSENT);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--lang=en");
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        ChromeDriverService driverService =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(service.orElseThrow())
                        .build();
        return new Browser(new ChromeDriver(driverService, options));
    }

    private static Optional<File> find(String... names) {
        List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator, -1));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toFile)
                .findFirst();
    }

    private static String readAxe() {
        try (InputStream in = Browser.class.getResourceAsStream("axe.min.js")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sets the width of the page in CSS pixels, as on a phone or on a wide screen.
    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /// Opens a page in a language and a theme.
    void open(String url, String language, String theme) {
        driver.get(url);
        driver.executeScript(
                "localStorage.setItem('manabi.language', arguments[0]);"
                        + "localStorage.setItem('manabi.theme', arguments[1]);",
                language,
                theme);
        driver.navigate().refresh();
        waitFor("h1");
    }

    ChromeDriver driver() {
        return driver;
    }

    /// The first element that a CSS selector finds, once it is there.
    WebElement waitFor(String selector) {
        return until(
                page ->
                        page.findElements(By.cssSelector(selector)).stream()
                                .findFirst()
                                .orElse(null));
    }

    /// Waits until an element's text contains something.
    String waitForText(String selector, String part) {
        return until(
                page -> {
                    String text = textOf(selector);
                    return text.contains(part) ? text : null;
                });
    }

    /// Waits until an element shows a number, up to a rounding of its last digits.
    void waitForNumber(String selector, double wanted) {
        until(
                page -> {
                    String text = textOf(selector);
                    return text.matches("-?[0-9.]+(e-?[0-9]+)?")
                            && Math.abs(Double.parseDouble(text) - wanted) < 1e-14;
                });
    }

    private String textOf(String selector) {
        return String.valueOf(
                driver.executeScript(
                        "return document.querySelector(arguments[0])?.textContent ?? ''",
                        selector));
    }

    <T> T until(ExpectedCondition<T> condition) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .ignoring(StaleElementReferenceException.class)
                .until(condition);
    }

    /// Clicks the first element of a selector; again, if the page drew it anew meanwhile.
    void click(String selector) {
        until(
                _ -> {
                    WebElement element = waitFor(selector);
                    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
                    element.click();
                    return true;
                });
    }

    /// Gives a field or slider a value, as if a person had set it.
    void set(String selector, String value) {
        until(
                _ -> {
                    driver.executeScript(
                            "arguments[0].value = arguments[1];"
                                    + "for (const name of ['input', 'change'])"
                                    + " arguments[0].dispatchEvent(new Event(name, {bubbles: true}));",
                            waitFor(selector),
                            value);
                    return true;
                });
    }

    /// Nothing is wider than the screen.
    void assertFits() {
        assertThat(
                        driver.executeScript(
                                "return document.documentElement.scrollWidth"
                                        + " - document.documentElement.clientWidth"))
                .as("pixels that stick out of %s", driver.getCurrentUrl())
                .isEqualTo(0L);
    }

    /// axe-core finds no fault that it calls serious or critical.
    void assertAccessible() {
        assertThat(AXE).as("axe-core on the class path").isNotEmpty();
        driver.executeScript(AXE);
        Object faults =
                driver.executeAsyncScript(
                        """
                        const done = arguments[0];
                        axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations
                          .filter(v => v.impact === 'serious' || v.impact === 'critical')
                          .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' ')
                            .slice(0, 600))));
                        """);
        assertThat(faults).as("faults of %s", driver.getCurrentUrl()).isEqualTo(List.of());
    }

    /// The console has no error; a breach of the content security policy would be one.
    void assertQuiet() {
        List<String> errors =
                driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                        .map(LogEntry::getMessage)
                        .toList();
        assertThat(errors).isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
