package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.wasmcloud.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page in a browser, in front of the running demo; all in one session of the browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTest {
    /** More than one response carries. */
    private static final int LARGE = 17_000_000;

    private static final Duration TRANSFER = Duration.ofSeconds(60);

    private Path folder = Path.of("");
    private DemoProcess demo;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        try {
            browser = Browser.start(temporary);
        } catch (IllegalStateException none) {
            System.out.println("PageTest is skipped: " + none.getMessage());
            Assumptions.abort(none.getMessage());
        }
        demo = DemoProcess.start(temporary, "--fetch-networks", "127.0.0.1");
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (browser != null) {
            browser.close();
        }
        if (demo != null) {
            demo.close();
        }
    }

    @BeforeEach
    void open() {
        open(1280, 900, "light");
    }

    private void open(int width, int height, String colours) {
        browser.show(demo.uri("/").toString(), width, height, colours);
        Await.until("the page is live", () -> browser.text("#connection").equals("Live"));
        Await.until("it shows the count", () -> browser.text("#count").matches("[\\d,]+"));
    }

    @AfterEach
    void hasNoProblems() {
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void countsAndShowsTheLineOfTheLog() {
        name("coffee");
        browser.element("#counter-form button").click();
        Await.until("it has counted", () -> browser.text("#count").equals("1"));
        browser.element("#counter-form button").click();
        Await.until("it has counted again", () -> browser.text("#count").equals("2"));

        Await.until("the line is there", () -> browser.text("#log").contains("counted coffee up to 2"));
    }

    @Test
    void fetchesAUrlAndShowsWhatCame() {
        demo.put("/files/fetched.txt", "a text <b>that</b> is fetched".getBytes(StandardCharsets.UTF_8), "text/plain");

        fetch(demo.uri("/files/fetched.txt").toString());

        Await.until(
                "it is there", () -> browser.text("#fetched").matches("Status 200 · text/plain · 29 bytes in \\d+ ms"));
        assertThat(browser.text("#fetched-text")).isEqualTo("a text <b>that</b> is fetched");
        Await.until("the line is there", () -> browser.text("#log").contains(": 200, 29 bytes"));
    }

    @Test
    void saysWhyAUrlIsNotFetched() {
        fetch("http://169.254.169.254/latest/meta-data/");

        Await.until("it says why", () -> browser.text("#fetch-problem").contains("(502)"));
        assertThat(browser.text("#fetched")).isEmpty();
        // the browser notes every answer that is an error
        assertThat(browser.problems()).hasSize(1).allMatch(line -> line.contains("/api/fetch"));
    }

    @Test
    void noticesWhatOthersDo() {
        name("shared");
        demo.get("/api/counter/shared");
        Await.until("it shows the count of others", () -> browser.text("#count").equals("1"));

        demo.put("/files/by%20others", new byte[3], "text/plain");
        Await.until("it shows their file", () -> browser.text("#files").contains("by others3 bytes"));
        demo.delete("/files/by%20others");
        Await.until("it is gone", () -> !browser.text("#files").contains("by others"));
    }

    @Test
    void storesListsAndDeletesFiles() throws IOException {
        Path one = Files.write(folder.resolve("one ü & <b>.txt"), noise(1_000));
        Path two = Files.write(folder.resolve("two.txt"), noise(700_000));

        browser.element("#picker").sendKeys(one + "\n" + two);
        Await.until(
                "both are there",
                () -> browser.text("#files").contains("one ü & <b>.txt1000 bytes")
                        && browser.text("#files").contains("two.txt683.6 KiB"));
        assertThat(demo.file("/files/one%20%C3%BC%20%26%20%3Cb%3E.txt").body()).isEqualTo(noise(1_000));
        assertThat(demo.file("/files/two.txt").body()).isEqualTo(noise(700_000));

        String delete = "[aria-label=\"Delete two.txt\"]";
        browser.element(delete).click();
        assertThat(browser.text("#confirm-text")).isEqualTo("Delete two.txt?");
        browser.press(Keys.ESCAPE);
        Await.until("the question is gone", () -> browser.value("document.querySelector('dialog').open")
                .equals("false"));
        browser.element(delete).click();
        browser.element("dialog .danger").click();
        Await.until("it is deleted", () -> !browser.text("#files").contains("two.txt"));
        assertThat(demo.get("/files/two.txt")).startsWith("404 ");
    }

    @Test
    void takesFilesThatAreDropped() throws IOException {
        browser.driver().executeScript("""
                        const dropped = new DataTransfer();
                        dropped.items.add(new File(['first'], 'dropped-1.txt', {type: 'text/plain'}));
                        dropped.items.add(new File([], 'dropped-2.txt', {type: 'text/plain'}));
                        const event = name => new DragEvent(name, {dataTransfer: dropped, bubbles: true, cancelable: true});
                        document.body.dispatchEvent(event('dragover'));
                        document.body.dispatchEvent(event('drop'));
                        """);

        Await.until(
                "both are there",
                () -> browser.text("#files").contains("dropped-1.txt5 bytes")
                        && browser.text("#files").contains("dropped-2.txt0 bytes"));
        assertThat(demo.file("/files/dropped-1.txt").body()).asString().isEqualTo("first");
    }

    @Test
    void carriesLargeFilesInPiecesAndShowsHowFarTheyHaveCome() throws IOException {
        byte[] content = noise(LARGE);
        Path large = Files.write(folder.resolve("large.bin"), content);

        browser.element("#picker").sendKeys(large.toString());
        Await.until("it shows the progress", () -> progress("Sent large.bin") > 0);
        Await.until("it is there", TRANSFER, () -> browser.text("#files").contains("large.bin16.2 MiB"));

        browser.element("#files a[download=\"large.bin\"]").click();
        Path received = browser.downloads().resolve("large.bin");
        Await.until(
                "it is here again",
                TRANSFER,
                () -> Files.exists(received) && received.toFile().length() == LARGE);
        assertThat(received).hasBinaryContent(content);
    }

    @Test
    void cancelsAnUploadAndTriesItAgain() throws IOException {
        Path large = Files.write(folder.resolve("cancelled.bin"), noise(30_000_000));
        browser.element("#picker").sendKeys(large.toString());
        Await.until("it is on its way", () -> progress("Sent cancelled.bin") > 0);

        browser.element("[aria-label=\"Cancel cancelled.bin\"]").click();
        Await.until("it says so", () -> browser.text("#uploads").contains("Cancelled"));
        Await.until("the actor has given it up", () -> browser.text("#log")
                .contains("gave up the upload of cancelled.bin"));
        assertThat(demo.get("/files/cancelled.bin")).startsWith("404 ");

        browser.element("[aria-label=\"Try cancelled.bin again\"]").click();
        Await.until("it is there", TRANSFER, () -> browser.text("#files").contains("cancelled.bin28.6 MiB"));
    }

    @Test
    void saysWhyAFileIsNotTaken() {
        browser.driver().executeScript("""
                        const dropped = new DataTransfer();
                        dropped.items.add(new File(['x'], '.hidden'));
                        document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: dropped, bubbles: true}));
                        """);

        Await.until("it says why", () -> browser.text("#uploads").contains("(404)"));
        browser.element("[aria-label=\"Dismiss .hidden\"]").click();
        assertThat(browser.text("#uploads")).isEmpty();
        // the browser notes every answer that is an error
        assertThat(browser.problems()).hasSize(1).allMatch(line -> line.contains("/files/.hidden"));
    }

    @Test
    void showsTheProvidersAndWhenOneIsAnotherOne() {
        for (Part part : Part.values()) {
            assertThat(browser.text(card(part) + " .contract"))
                    .isEqualTo(part.contract().id());
            Await.until(
                    "it is healthy", () -> browser.text(card(part) + " .state").equals("Healthy"));
        }
        String instance = browser.text(card(Part.LOG) + " code");
        assertThat(instance).hasSize(36);
        long pid = demo.pidOf(Part.LOG.module());

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        Await.until("another instance is there", () -> !browser.text(card(Part.LOG) + " code")
                .equals(instance));
        Await.until("it is healthy again", () -> browser.text(card(Part.LOG) + " .state")
                .equals("Healthy"));
        Await.until("calls are counted", () -> {
            demo.get("/api/counter/again");
            return !browser.text(card(Part.KEY_VALUE) + " strong").equals("0.0");
        });
    }

    @Test
    void canBeUsedWithTheKeyboardAlone() {
        demo.put("/files/a-key", new byte[1], "text/plain");
        Await.until("the file is there", () -> browser.text("#files").contains("a-key"));
        List<String> stops = new ArrayList<>();
        for (String stop = browser.tab(); !stops.contains("log"); stop = browser.tab()) {
            stops.add(stop);
        }
        assertThat(stops)
                .containsSubsequence(
                        "Skip to the counter",
                        "counter-name",
                        "Count up",
                        "fetch-url",
                        "Fetch",
                        "picker",
                        "a-key",
                        "Delete",
                        "log");

        name("by-keys");
        assertThat(browser.value("document.activeElement.textContent")).isEqualTo("Count up");
        assertThat(browser.value("getComputedStyle(document.activeElement).outlineWidth"))
                .isEqualTo("3px");
        browser.press(Keys.ENTER);
        Await.until("it has counted", () -> browser.text("#count").equals("1"));
        browser.press(Keys.SPACE);
        Await.until("it has counted again", () -> browser.text("#count").equals("2"));
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 360", "dark, 360"})
    void keepsNobodyOut(String colours, int width) {
        demo.put("/files/for-all", new byte[1], "text/plain");
        open(width, 900, colours);
        Await.until("the file is there", () -> browser.text("#files").contains("for-all"));

        List<Rule> violations = new AxeBuilder().analyze(browser.driver()).getViolations();
        assertThat(violations)
                .extracting(Rule::getId, rule -> rule.getNodes().toString())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 800})
    void fitsSmallScreens(int width) {
        demo.put("/files/" + "long-name-".repeat(12), new byte[1], "text/plain");
        open(width, 800, "light");
        Await.until("the file is there", () -> browser.text("#files").contains("long-name-"));

        assertThat(browser.value("document.documentElement.scrollWidth"))
                .isEqualTo(browser.value("document.documentElement.clientWidth"));
        assertThat(browser.value("Math.min(...[...document.querySelectorAll('button, input')]"
                        + ".filter(e => e.offsetHeight > 0).map(e => e.offsetHeight)) >= 40"))
                .isEqualTo("true");
    }

    /** The pictures in the documentation, on demand. */
    @Test
    @EnabledIfSystemProperty(named = "demo.pictures", matches = ".+")
    void takesPictures() throws IOException {
        Path pictures = Files.createDirectories(Path.of(System.getProperty("demo.pictures")));
        demo.put("/files/holiday.jpg", noise(2_400_000), "image/jpeg");
        demo.put("/files/report.pdf", noise(180_000), "application/pdf");
        demo.put("/files/notes.txt", noise(1_900), "text/plain");
        for (int i = 0; i < 42; i++) {
            demo.get("/api/counter/tea");
        }
        open(1120, 1250, "light");
        settle();
        browser.picture(pictures.resolve("demo-light.png"));
        open(1120, 1250, "dark");
        settle();
        browser.picture(pictures.resolve("demo-dark.png"));
        open(390, 844, "dark");
        settle();
        browser.picture(pictures.resolve("demo-phone.png"));
    }

    /** Waits until the page has drawn some seconds of calls. */
    private void settle() {
        Await.until("there is something to see", () -> {
            demo.get("/api/counter/tea");
            demo.get("/files/notes.txt");
            return browser.value("document.querySelector('.spark polyline').getAttribute('points')?.split(' ').length")
                    .equals("9");
        });
    }

    private void fetch(String url) {
        browser.element("#fetch-url").sendKeys(Keys.chord(Keys.CONTROL, "a"), url, Keys.ENTER);
    }

    /** Names a counter that nobody has used yet; the focus goes on. */
    private void name(String counter) {
        browser.element("#counter-name").sendKeys(Keys.chord(Keys.CONTROL, "a"), counter, Keys.TAB);
        Await.until("it shows this counter", () -> browser.text("#count").equals("0"));
    }

    private double progress(String label) {
        return Double.parseDouble(
                browser.value("document.querySelector('[aria-label=\"%s\"]')?.value ?? 0".formatted(label)));
    }

    private static String card(Part part) {
        return "[data-name=\"%s\"]".formatted(part.module());
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
