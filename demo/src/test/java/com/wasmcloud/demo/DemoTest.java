package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
    private DemoProcess demo;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        demo = DemoProcess.start(folder);
    }

    @AfterAll
    void stop() throws InterruptedException {
        demo.close();
    }

    @Test
    void countsRequestsUpAndShowsEach() {
        assertThat(demo.get("/api/counter/first")).isEqualTo("200 {\"counter\":1}");
        assertThat(demo.get("/api/counter/first")).isEqualTo("200 {\"counter\":2}");
        assertThat(demo.get("/api/counter/second")).isEqualTo("200 {\"counter\":1}");

        assertThat(demo.output())
                .contains("GET /api/counter/first  200  {\"counter\":1}", "GET /api/counter/second  200");
    }

    @Test
    void helpsThoseWhoAskForSomethingElse() {
        assertThat(demo.get("/favicon.ico")).startsWith("404 ").contains("/api/counter/NAME");
    }

    @ParameterizedTest
    @CsvSource({"Redis,Redis", "NATS,NATS", "provider +keyvalue,keyvalue-redis", "provider +httpserver,httpserver"})
    void countsOnByItselfAfterTheKillOfAnyPart(String part, String noticed) throws Exception {
        String path = "/api/counter/" + noticed;
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<List<Integer>> acknowledged = CompletableFuture.supplyAsync(() -> countUntil(enough, path));
        Await.until("it counts", () -> demo.output().contains(path + "  200"));
        long pid = demo.pidOf(part);

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        Await.until("it says that it started another " + noticed, () -> lastPid(noticed) != pid);
        int before = counted(demo.output(), path);
        Await.until("it counts again", () -> counted(demo.output(), path) > before + 5);
        enough.set(true);
        // a value that came twice, or went down, would have forgotten an increment that was acknowledged
        assertThat(acknowledged.get()).isNotEmpty().isSorted().doesNotHaveDuplicates();
    }

    /** The process that a line about a restart names. */
    private long lastPid(String noticed) {
        return demo.output()
                .lines()
                .filter(line -> line.contains(noticed) && (line.contains("is back") || line.contains("started again")))
                .map(line -> Long.parseLong(line.replaceAll(".*\\(pid (\\d+)\\).*", "$1")))
                .reduce((first, second) -> second)
                .orElse(demo.pidOf(noticed));
    }

    private static int counted(String output, String path) {
        return (int) output.lines().filter(line -> line.contains(path + "  200")).count();
    }

    private List<Integer> countUntil(AtomicBoolean enough, String path) {
        List<Integer> acknowledged = new ArrayList<>();
        while (!enough.get()) {
            String answer = demo.get(path);
            if (answer.startsWith("200 ")) {
                acknowledged.add(Integer.valueOf(answer.replaceAll("\\D", "").substring(3)));
            }
        }
        return acknowledged;
    }
}
