package com.wasmcloud.demo.actor;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.httpserver.HttpServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts under {@code /api/counter/NAME}, keeps files under {@code /files/NAME}, fetches what is posted to {@code
 * /api/fetch}, and serves a page that shows it. Thread-safe; owns nothing.
 */
public final class DemoActor implements HttpServer {
    private static final Pattern COUNTER = Pattern.compile("/api/counter/([^/]+)");
    private static final Pattern COUNT = Pattern.compile("/api/count/([^/]+)");
    private static final Pattern FILE = Pattern.compile("/files/([^/.][^/]{0,599})");
    private static final String FILES = "/api/files";
    private static final String STATUS = "/api/status";
    private static final String FETCH = "/api/fetch";
    private static final String HELP =
            "there is nothing here; try GET /api/counter/NAME, or PUT, GET and DELETE /files/NAME, with any name, or POST a"
                    + " URL to /api/fetch";

    private final Page page = new Page();
    private final Counters counters;
    private final FileShelf files;
    private final Fetcher fetcher;
    private final Status status;
    private final Witness witness;

    /** Sees every request and its answer. */
    public interface Witness {
        /** Called by the thread that answers; must not block. */
        void answered(HttpRequest request, HttpResponse response, Duration took);
    }

    /** An actor that uses these providers, and shows what is on the board. */
    public DemoActor(Capabilities capabilities, Board board, Witness witness) {
        LogBook book = new LogBook();
        ActorLog log = new ActorLog(capabilities.logging(), book);
        this.counters = new Counters(capabilities.keyValue(), log);
        this.files = new FileShelf(new FileStore(capabilities.blobstore(), log));
        this.fetcher = new Fetcher(capabilities.httpClient(), log);
        this.status = new Status(board, book);
        this.witness = witness;
    }

    /** Whether it is a question that an open page asks all the time, and nobody else. */
    public static boolean isRoutine(HttpRequest request) {
        return request.path().equals(STATUS);
    }

    @Override
    public CompletionStage<HttpResponse> handleRequest(HttpRequest request) {
        long begin = System.nanoTime();
        return CompletableFuture.completedFuture(request)
                .thenCompose(this::answer)
                .exceptionally(Answers::failure)
                .thenApply(response -> {
                    witness.answered(request, response, Duration.ofNanos(System.nanoTime() - begin));
                    return response;
                });
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request) {
        Matcher file = FILE.matcher(request.path());
        if (file.matches()) {
            return files.handle(request, FileName.of(file.group(1)).text());
        }
        if (request.path().equals(FETCH)) {
            return fetcher.fetch(request);
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return reads ? read(request) : nothingHere();
    }

    private CompletionStage<HttpResponse> read(HttpRequest request) {
        String path = request.path();
        Optional<HttpResponse> pageFile = page.at(path);
        if (pageFile.isPresent()) {
            return CompletableFuture.completedFuture(pageFile.get());
        }
        Matcher counter = COUNTER.matcher(path);
        if (counter.matches() && request.method().equals("GET")) {
            return counters.count(counter.group(1));
        }
        Matcher count = COUNT.matcher(path);
        if (count.matches()) {
            return counters.read(count.group(1));
        }
        return switch (path) {
            case FILES -> files.list(request);
            case STATUS -> status.tell(request);
            default -> nothingHere();
        };
    }

    private static CompletionStage<HttpResponse> nothingHere() {
        return CompletableFuture.completedFuture(Answers.error(404, HELP));
    }
}
