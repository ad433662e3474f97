package com.wasmcloud.demo;

import com.wasmcloud.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo in a process of its own, as its script starts it, without the libraries of tests. Closing ends it. */
final class DemoProcess implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** For eight processes on a busy machine. */
    private static final Duration START = Duration.ofSeconds(60);

    static final Path KEY_VALUE = executable(Part.KEY_VALUE);
    static final Path HTTP = executable(Part.HTTP);

    private final Process process;
    private final Path output;
    private final Path errors;
    private final int port;

    private DemoProcess(Path folder, int port, Map<String, String> environment, List<String> arguments)
            throws IOException {
        this.port = port;
        this.output = folder.resolve("output");
        this.errors = folder.resolve("errors");
        Path files = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + files,
                "-cp",
                System.getProperty("demo.class.path"),
                Demo.class.getName(),
                "--port",
                Integer.toString(port)));
        for (Part part : Part.values()) {
            command.addAll(List.of(part.option(), executable(part).toString()));
        }
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        this.process = builder.start();
    }

    /** The executable of a provider of this project, which has been packaged before. */
    static Path executable(Part part) {
        return Path.of("..").resolve(part.executable()).toAbsolutePath().normalize();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static DemoProcess launch(Path folder, int port, Map<String, String> environment, String... arguments)
            throws IOException {
        return new DemoProcess(folder, port, environment, List.of(arguments));
    }

    /** Starts it and returns once it serves. */
    static DemoProcess start(Path folder, String... arguments) throws IOException {
        DemoProcess demo = launch(folder, freePort(), Map.of(), arguments);
        try {
            Await.until("the demo runs", START, () -> {
                if (!demo.process.isAlive()) {
                    throw new AssertionError("the demo ended: " + demo.errors());
                }
                return demo.output().contains("Ctrl-C");
            });
        } catch (Throwable e) {
            demo.process.destroy();
            throw e;
        }
        return demo;
    }

    String output() {
        return text(output);
    }

    String errors() {
        return text(errors);
    }

    /** Where the servers keep their files. */
    Path files() {
        return output.resolveSibling("tmp");
    }

    long pid() {
        return process.pid();
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** The process that it named last as this part, as in {@code Redis … pid 42}. */
    long pidOf(String part) {
        Matcher matcher =
                Pattern.compile("%s\\b.*\\bpid (\\d+)".formatted(part)).matcher(output());
        long pid = 0;
        while (matcher.find()) {
            pid = Long.parseLong(matcher.group(1));
        }
        return pid;
    }

    /** Status and body of the answer, {@code 0} and the problem when there is none. */
    String get(String path) {
        return get(uri(path));
    }

    /** Sends a file; the same kind of answer. */
    String put(String path, byte[] content, String type) {
        return put(uri(path), content, type);
    }

    /** The same to any server. */
    static String put(URI uri, byte[] content, String type) {
        return answer(HttpRequest.newBuilder(uri)
                .header("content-type", type)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
    }

    /** Sends a text to any server; the same kind of answer. */
    static String post(URI uri, String text) {
        return answer(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    String delete(String path) {
        return answer(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    /** The whole response to a GET. */
    HttpResponse<byte[]> file(String path) throws IOException {
        return file(uri(path));
    }

    /** The same of any server. */
    static HttpResponse<byte[]> file(URI uri) throws IOException {
        return send(HttpRequest.newBuilder(uri), HttpResponse.BodyHandlers.ofByteArray());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    /** The same of any server. */
    static String get(URI uri) {
        return answer(HttpRequest.newBuilder(uri));
    }

    private static String answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body().strip();
        } catch (IOException failure) {
            return "0 " + failure.getMessage();
        }
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws IOException {
        try {
            return CLIENT.send(request.timeout(Duration.ofSeconds(15)).build(), body);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the demo runs on: " + output() + errors());
        }
        return process.exitValue();
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
