package com.wasmcloud.demo.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.testkit.Await;
import com.wasmcloud.testkit.suites.InMemoryBlobstore;
import com.wasmcloud.testkit.suites.InMemoryKeyValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesInPiecesTest {
    private final DemoActor actor = new DemoActor(
            new Capabilities(
                    new InMemoryKeyValue(),
                    new InMemoryBlobstore(),
                    entry -> CompletableFuture.completedFuture(null),
                    request -> {
                        throw new AssertionError("fetches nothing");
                    }),
            List::of,
            (request, response, took) -> {});

    @Test
    void takesAFileInPieces() {
        String upload = begin("/files/a", "0123", 10);

        assertThat(text(put("/files/a", "4567", "bytes 4-7/10", upload))).isEqualTo("202 " + next(upload, 8));
        assertThat(text(put("/files/a", "89", "bytes 8-9/10", upload)))
                .isEqualTo("201 {\"stored\":\"a\",\"bytes\":10}");

        assertThat(text(get("/files/a", ""))).isEqualTo("200 0123456789");
    }

    @Test
    void takesAFileOfOnePiece() {
        assertThat(text(put("/files/a", "0123", "bytes 0-3/4", ""))).isEqualTo("201 {\"stored\":\"a\",\"bytes\":4}");
        assertThat(text(get("/files/a", ""))).isEqualTo("200 0123");
    }

    @Test
    void givesUpAnUpload() {
        String upload = begin("/files/a", "0123", 10);

        assertThat(text(send("DELETE", "/files/a", "upload=" + upload, Map.of(), "")))
                .isEqualTo("200 {\"cancelled\":\"a\"}");
        assertThat(put("/files/a", "4567", "bytes 4-7/10", upload).statusCode()).isEqualTo(500);
        assertThat(get("/files/a", "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 0-9/4, names other bytes than the 4",
        "bytes 0-4/10, names other bytes than the 4",
        "bytes 5-2/10, names other bytes than the 4",
        "bytes 7-10/10, names other bytes than the 4",
        "bytes 0-3/*, must be 'bytes FIRST-LAST/TOTAL'",
        "0-3/10, must be 'bytes FIRST-LAST/TOTAL'",
        "bytes 0-3/99999999999999999999, must be 'bytes FIRST-LAST/TOTAL'"
    })
    void refusesPiecesThatDoNotFit(String range, String reason) {
        assertThat(text(put("/files/a", "0123", range, ""))).startsWith("400 ").contains(reason);
    }

    @Test
    void refusesTooLargeFilesAndPiecesOfNoUpload() {
        assertThat(text(put("/files/a", "0123", "bytes 0-3/1073741825", "")))
                .isEqualTo("413 {\"error\":\"a file has at most 1073741824 bytes here\"}");
        assertThat(text(put("/files/a", "4567", "bytes 4-7/10", "")))
                .startsWith("400 ")
                .contains("needs ?upload=");
    }

    @Test
    void givesRanges() {
        put("/files/a", "0123456789", "bytes 0-9/10", "");

        HttpResponse part = get("/files/a", "bytes=2-4");
        assertThat(text(part)).isEqualTo("206 234");
        assertThat(part.header()).containsEntry("content-range", List.of("bytes 2-4/*"));
        assertThat(get("/files/a", "bytes=8-20").header()).containsEntry("content-range", List.of("bytes 8-9/*"));
        assertThat(text(get("/files/a", "bytes=10-20"))).startsWith("416 ");
        assertThat(text(get("/files/a", "bytes=0-16777216"))).startsWith("416 ").contains("16777216");
        assertThat(text(get("/files/nothing", "bytes=0-1"))).startsWith("404 ");
        // other forms may be ignored
        assertThat(text(get("/files/a", "bytes=-3"))).isEqualTo("200 0123456789");
    }

    @Test
    void tellsHowToGetAFileThatIsTooLargeForOneResponse() {
        int limit = FileStore.LARGEST_AT_ONCE;
        byte[] piece = new byte[limit];
        send("PUT", "/files/exact", "", Map.of(), Bytes.wrap(piece));
        String upload = upload(send(
                "PUT", "/files/large", "", Map.of("content-range", "bytes 0-16777215/16777217"), Bytes.wrap(piece)));
        put("/files/large", "x", "bytes 16777216-16777216/16777217", upload);

        assertThat(get("/files/exact", "").body().size()).isEqualTo(limit);
        assertThat(text(get("/files/large", ""))).startsWith("413 ").contains("curl -r 0-16777215");
        assertThat(text(get("/files/large", "bytes=16777216-16777216"))).isEqualTo("206 x");
    }

    @Test
    void listsFilesInOrder() {
        assertThat(text(send("GET", "/api/files", "", Map.of(), ""))).isEqualTo("200 {\"files\":[]}");

        put("/files/two", "22", "bytes 0-1/2", "");
        put("/files/a%20name%20with%20%C3%BC", "1", "bytes 0-0/1", "");

        assertThat(text(send("GET", "/api/files", "", Map.of(), "")))
                .containsSubsequence("\"name\":\"a name with ü\",\"bytes\":1", "\"name\":\"two\",\"bytes\":2");
        assertThat(text(get("/files/a%20name%20with%20%C3%BC", ""))).isEqualTo("200 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e%2fpasswd", "a%2Fb", "a%5Cb", "a%00", "a%0Ab", "%ff", "%zz", "%2Ehidden"})
    void refusesNamesThatAreNone(String name) {
        assertThat(text(put("/files/" + name, "1", "bytes 0-0/1", ""))).startsWith("400 ");
    }

    @Test
    void givesFilesOfOthersNoRightsOfThePage() {
        send("PUT", "/files/a.html", "", Map.of("content-type", "text/html"), "<script>alert(1)</script>");

        assertThat(get("/files/a.html", "").header())
                .containsEntry("content-type", List.of("text/html"))
                .containsEntry("content-disposition", List.of("attachment"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry(
                        "content-security-policy", List.of("sandbox; default-src 'none'; frame-ancestors 'none'"));
    }

    private String begin(String path, String piece, int total) {
        HttpResponse begun = put(path, piece, "bytes 0-%d/%d".formatted(piece.length() - 1, total), "");
        String upload = upload(begun);
        assertThat(text(begun)).isEqualTo("202 " + next(upload, piece.length()));
        return upload;
    }

    private static String upload(HttpResponse begun) {
        return begun.body().toUtf8().replaceFirst("(?s).*\"upload\":\"([^\"]+)\".*", "$1");
    }

    private static String next(String upload, int offset) {
        return "{\"upload\":\"%s\",\"next\":%d}".formatted(upload, offset);
    }

    private HttpResponse put(String path, String piece, String range, String upload) {
        String query = upload.isEmpty() ? "" : "upload=" + upload;
        return send("PUT", path, query, Map.of("content-range", range), piece);
    }

    private HttpResponse get(String path, String range) {
        return send("GET", path, "", range.isEmpty() ? Map.of() : Map.of("range", range), "");
    }

    private HttpResponse send(String method, String path, String query, Map<String, String> headers, String body) {
        return send(method, path, query, headers, Bytes.utf8(body));
    }

    private HttpResponse send(String method, String path, String query, Map<String, String> headers, Bytes body) {
        Map<String, List<String>> header = new LinkedHashMap<>();
        headers.forEach((name, value) -> header.put(name, List.of(value)));
        return Await.result(actor.handleRequest(new HttpRequest(method, path, query, header, body)));
    }

    private static String text(HttpResponse response) {
        return (response.statusCode() + " " + response.body().toUtf8()).strip();
    }
}
