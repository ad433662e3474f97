package com.wasmcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.testkit.Await;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(demo.get("/favicon.ico")).startsWith("404 ").contains("/api/counter/NAME", "/files/NAME");
    }

    @Test
    void keepsFilesOfMegabytesWithTheirType() throws IOException {
        byte[] picture = noise(5_000_000);
        assertThat(demo.put("/files/picture", picture, "image/png"))
                .isEqualTo("201 {\"stored\":\"picture\",\"bytes\":5000000}");

        HttpResponse<byte[]> response = demo.file("/files/picture");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("image/png");
        assertThat(response.body()).isEqualTo(picture);

        assertThat(demo.delete("/files/picture")).isEqualTo("200 {\"removed\":\"picture\"}");
        assertThat(demo.get("/files/picture")).isEqualTo("404 {\"error\":\"there is no file picture\"}");
        assertThat(demo.output()).contains("GET /files/picture  200  5000000 bytes");
    }

    @Test
    void showsWhatTheActorLogs() {
        demo.get("/api/counter/logged");
        demo.put("/files/logged", noise(7), "text/plain");
        demo.get("/files/nowhere");

        Await.until(
                "the lines of the actor have come",
                () -> demo.output().contains("log  info  counted logged up to 1")
                        && demo.output().contains("log  info  stored logged, 7 bytes of text/plain")
                        && demo.output().contains("log  warn  asked for nowhere, which is not there"));
    }

    @Test
    void logsOnAfterTheKillOfItsLog() {
        long pid = demo.pidOf("logging-provider");
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        Await.until("it has started another one", () -> demo.pidOf("logging-provider") != pid);
        Await.until("it logs again", () -> {
            demo.get("/api/counter/relogged");
            return demo.output().contains("log  info  counted relogged up to ");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"S3", "blobstore-s3-provider"})
    void keepsFilesOverTheKillOf(String part) {
        byte[] content = noise(100_000);
        String path = "/files/over-" + part;
        assertThat(demo.put(path, content, "text/plain")).startsWith("201 ");
        long pid = demo.pidOf(part);

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        Await.until("it has started another " + part, () -> demo.pidOf(part) != pid);
        Await.until("the file is there again", () -> demo.get(path).startsWith("200 "));
        assertThat(demo.put(path + "-2", content, "text/plain")).startsWith("201 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Redis", "NATS", "keyvalue-redis-provider", "httpserver-provider"})
    void countsOnByItselfAfterTheKillOfAnyPart(String part) throws Exception {
        String path = "/api/counter/" + part;
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<List<Integer>> acknowledged = CompletableFuture.supplyAsync(() -> countUntil(enough, path));
        Await.until("it counts", () -> demo.output().contains(path + "  200"));
        long pid = demo.pidOf(part);

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        Await.until("it has started another " + part, () -> demo.pidOf(part) != pid);
        int before = counted(demo.output(), path);
        Await.until("it counts again", () -> counted(demo.output(), path) > before + 5);
        enough.set(true);
        // a value that came twice, or went down, would have forgotten an increment that was acknowledged
        assertThat(acknowledged.get()).isNotEmpty().isSorted().doesNotHaveDuplicates();
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static int counted(String output, String path) {
        return (int)
                output.lines().filter(line -> line.contains(path + "  200")).count();
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
