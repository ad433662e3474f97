package com.wasmcloud.contract;

import com.wasmcloud.contract.blobstore.Chunk;
import com.wasmcloud.contract.blobstore.ChunkResponse;
import com.wasmcloud.contract.blobstore.ContainerMetadata;
import com.wasmcloud.contract.blobstore.ContainerObject;
import com.wasmcloud.contract.blobstore.GetObjectRequest;
import com.wasmcloud.contract.blobstore.GetObjectResponse;
import com.wasmcloud.contract.blobstore.ItemResult;
import com.wasmcloud.contract.blobstore.ListObjectsRequest;
import com.wasmcloud.contract.blobstore.ListObjectsResponse;
import com.wasmcloud.contract.blobstore.ObjectMetadata;
import com.wasmcloud.contract.blobstore.PutChunkRequest;
import com.wasmcloud.contract.blobstore.PutObjectRequest;
import com.wasmcloud.contract.blobstore.PutObjectResponse;
import com.wasmcloud.contract.blobstore.RemoveObjectsRequest;
import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.httpserver.HttpResponse;
import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.keyvalue.ListAddRequest;
import com.wasmcloud.contract.keyvalue.ListDelRequest;
import com.wasmcloud.contract.keyvalue.ListRangeRequest;
import com.wasmcloud.contract.keyvalue.SetAddRequest;
import com.wasmcloud.contract.keyvalue.SetDelRequest;
import com.wasmcloud.contract.keyvalue.SetRequest;
import com.wasmcloud.contract.logging.LogEntry;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Golden;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every message of every contract with its bytes. */
public final class GoldenMessages {
    /** A chunk of three bytes. */
    public static final Chunk CHUNK = new Chunk("a", "c", Bytes.wrap(new byte[] {1, 2, 3}), 0, true);

    /** What is known about an object that has everything. */
    public static final ObjectMetadata OBJECT = new ObjectMetadata(
            "o",
            "c",
            300,
            Optional.of(Instant.ofEpochSecond(-1, 999_999_999)),
            Optional.of("text/plain"),
            Optional.of("gzip"));

    private static final String KEEP_ALIVE = "keep-alive";
    private static final String HOST = "127.0.0.1:18080";

    private GoldenMessages() {}

    /** All of them. */
    public static Stream<Golden<?>> all() {
        return Stream.of(keyvalue(), httpserver(), httpclient(), blobstore(), logging())
                .flatMap(messages -> messages);
    }

    private static Stream<Golden<?>> keyvalue() {
        return Stream.of(
                new Golden<>("keyvalue/GetResponse", GetResponse.CODEC, new GetResponse("v", true)),
                new Golden<>("keyvalue/GetResponse-bar", GetResponse.CODEC, new GetResponse("bar", true)),
                new Golden<>("keyvalue/IncrementRequest", IncrementRequest.CODEC, new IncrementRequest("k", -1)),
                new Golden<>("keyvalue/IncrementRequest-127", IncrementRequest.CODEC, new IncrementRequest("k", 127)),
                new Golden<>(
                        "keyvalue/IncrementRequest-captured",
                        IncrementRequest.CODEC,
                        new IncrementRequest("counter::api:counter:x", 1)),
                new Golden<>("keyvalue/ListAddRequest", ListAddRequest.CODEC, new ListAddRequest("l", "v")),
                new Golden<>("keyvalue/ListDelRequest", ListDelRequest.CODEC, new ListDelRequest("l", "v")),
                new Golden<>("keyvalue/ListRangeRequest", ListRangeRequest.CODEC, new ListRangeRequest("l", 0, -129)),
                new Golden<>("keyvalue/SetAddRequest", SetAddRequest.CODEC, new SetAddRequest("s", "v")),
                new Golden<>("keyvalue/SetDelRequest", SetDelRequest.CODEC, new SetDelRequest("s", "grüße")),
                new Golden<>("keyvalue/SetRequest", SetRequest.CODEC, new SetRequest("k", "v", 0)),
                new Golden<>(
                        "keyvalue/SetRequest-expires", SetRequest.CODEC, new SetRequest("k", "v", 4_294_967_295L)));
    }

    private static Stream<Golden<?>> httpserver() {
        Map<String, List<String>> header = Map.of("a", List.of("b"));
        Map<String, List<String>> connectionFirst = new LinkedHashMap<>();
        connectionFirst.put("connection", List.of(KEEP_ALIVE));
        connectionFirst.put("host", List.of(HOST));
        Map<String, List<String>> hostFirst = new LinkedHashMap<>();
        hostFirst.put("host", List.of(HOST));
        hostFirst.put("connection", List.of(KEEP_ALIVE));
        return Stream.of(
                new Golden<>(
                        "httpserver/HttpRequest",
                        HttpRequest.CODEC,
                        new HttpRequest("GET", "/", "", header, Bytes.wrap(new byte[] {1, 2}))),
                captured(1, connectionFirst),
                captured(2, hostFirst),
                captured(3, connectionFirst),
                new Golden<>("httpserver/HttpResponse", HttpResponse.CODEC, new HttpResponse(200, header, Bytes.EMPTY)),
                new Golden<>(
                        "httpserver/HttpResponse-404",
                        HttpResponse.CODEC,
                        new HttpResponse(404, Map.of(), Bytes.utf8("no"))),
                counted(1),
                counted(2),
                counted(3));
    }

    private static Stream<Golden<?>> httpclient() {
        Map<String, List<String>> header = Map.of("a", List.of("b", "c"));
        return Stream.of(
                new Golden<>(
                        "httpclient/HttpRequest",
                        com.wasmcloud.contract.httpclient.HttpRequest.CODEC,
                        new com.wasmcloud.contract.httpclient.HttpRequest(
                                "GET", "http://h/p?q=1", header, Bytes.wrap(new byte[] {1, 2}))),
                new Golden<>(
                        "httpclient/HttpResponse",
                        com.wasmcloud.contract.httpclient.HttpResponse.CODEC,
                        new com.wasmcloud.contract.httpclient.HttpResponse(200, header, Bytes.EMPTY)));
    }

    private static Golden<?> captured(int count, Map<String, List<String>> header) {
        return new Golden<>(
                "httpserver/HttpRequest-captured-" + count,
                HttpRequest.CODEC,
                new HttpRequest("GET", "/api/counter/x", "", header, Bytes.EMPTY));
    }

    private static Golden<?> counted(int count) {
        return new Golden<>(
                "httpserver/HttpResponse-captured-" + count,
                HttpResponse.CODEC,
                new HttpResponse(200, Map.of(), Bytes.utf8("{\"counter\":" + count + "}")));
    }

    private static Stream<Golden<?>> blobstore() {
        return Stream.of(containers(), reading(), writing()).flatMap(messages -> messages);
    }

    private static Stream<Golden<?>> containers() {
        return Stream.of(
                new Golden<>(
                        "blobstore/ContainerMetadata",
                        ContainerMetadata.CODEC,
                        new ContainerMetadata("c", Optional.of(Instant.ofEpochSecond(1, 2)))),
                new Golden<>(
                        "blobstore/ContainerMetadata-created",
                        ContainerMetadata.CODEC,
                        new ContainerMetadata("c", Optional.of(Instant.ofEpochSecond(1_700_000_000, 5)))),
                new Golden<>(
                        "blobstore/ContainerMetadata-none",
                        ContainerMetadata.CODEC,
                        new ContainerMetadata("c", Optional.empty())),
                new Golden<>("blobstore/ContainerObject", ContainerObject.CODEC, new ContainerObject("c", "o")),
                new Golden<>("blobstore/ItemResult", ItemResult.CODEC, new ItemResult("k", false, Optional.of("no"))),
                new Golden<>(
                        "blobstore/RemoveObjectsRequest",
                        RemoveObjectsRequest.CODEC,
                        new RemoveObjectsRequest("c", List.of("a", "b"))));
    }

    private static Stream<Golden<?>> reading() {
        return Stream.of(
                new Golden<>(
                        "blobstore/GetObjectRequest",
                        GetObjectRequest.CODEC,
                        new GetObjectRequest("o", "c", Optional.of(6L), Optional.of(-1L))),
                new Golden<>(
                        "blobstore/GetObjectRequest-whole",
                        GetObjectRequest.CODEC,
                        new GetObjectRequest("o", "c", Optional.empty(), Optional.empty())),
                new Golden<>(
                        "blobstore/GetObjectResponse",
                        GetObjectResponse.CODEC,
                        new GetObjectResponse(
                                true,
                                Optional.empty(),
                                Optional.of(CHUNK),
                                3,
                                Optional.of("text/plain"),
                                Optional.empty())),
                new Golden<>(
                        "blobstore/GetObjectResponse-error",
                        GetObjectResponse.CODEC,
                        new GetObjectResponse(
                                false, Optional.of("gone"), Optional.empty(), 0, Optional.empty(), Optional.empty())),
                new Golden<>("blobstore/ObjectMetadata", ObjectMetadata.CODEC, OBJECT),
                new Golden<>(
                        "blobstore/ObjectMetadata-bare",
                        ObjectMetadata.CODEC,
                        new ObjectMetadata("o", "c", 0, Optional.empty(), Optional.empty(), Optional.empty())),
                new Golden<>(
                        "blobstore/ListObjectsRequest",
                        ListObjectsRequest.CODEC,
                        new ListObjectsRequest(
                                "c",
                                Optional.of("a"),
                                Optional.of("t"),
                                Optional.of("y"),
                                Optional.of("z"),
                                Optional.of(4_294_967_295L))),
                new Golden<>(
                        "blobstore/ListObjectsRequest-all",
                        ListObjectsRequest.CODEC,
                        new ListObjectsRequest(
                                "c",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                new Golden<>(
                        "blobstore/ListObjectsResponse",
                        ListObjectsResponse.CODEC,
                        new ListObjectsResponse(List.of(OBJECT, OBJECT), false, Optional.of("t"))),
                new Golden<>(
                        "blobstore/ListObjectsResponse-empty",
                        ListObjectsResponse.CODEC,
                        new ListObjectsResponse(List.of(), true, Optional.empty())));
    }

    private static Stream<Golden<?>> writing() {
        return Stream.of(
                new Golden<>("blobstore/Chunk", Chunk.CODEC, CHUNK),
                new Golden<>("blobstore/Chunk-far", Chunk.CODEC, new Chunk("a", "c", Bytes.EMPTY, -1L, false)),
                new Golden<>("blobstore/ChunkResponse", ChunkResponse.CODEC, new ChunkResponse(true)),
                new Golden<>(
                        "blobstore/PutChunkRequest",
                        PutChunkRequest.CODEC,
                        new PutChunkRequest(CHUNK, Optional.of("s"), false)),
                new Golden<>(
                        "blobstore/PutObjectRequest",
                        PutObjectRequest.CODEC,
                        new PutObjectRequest(CHUNK, Optional.of("text/plain"), Optional.empty())),
                new Golden<>(
                        "blobstore/PutObjectResponse",
                        PutObjectResponse.CODEC,
                        new PutObjectResponse(Optional.of("s"))),
                new Golden<>(
                        "blobstore/PutObjectResponse-none",
                        PutObjectResponse.CODEC,
                        new PutObjectResponse(Optional.empty())));
    }

    private static Stream<Golden<?>> logging() {
        return Stream.of(
                new Golden<>("logging/LogEntry", LogEntry.CODEC, new LogEntry("info", "hello\n", Optional.empty())),
                new Golden<>("logging/LogEntry-target", LogEntry.CODEC, new LogEntry("warn", "x", Optional.of("t"))));
    }
}
