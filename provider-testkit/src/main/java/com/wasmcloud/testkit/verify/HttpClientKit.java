package com.wasmcloud.testkit.verify;

import com.wasmcloud.contract.httpclient.HttpClientContract;
import com.wasmcloud.contract.httpclient.HttpRequest;
import com.wasmcloud.contract.httpclient.HttpResponse;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.testkit.host.TestActor;
import java.util.List;
import java.util.Map;

/** {@code wasmcloud:httpclient}, whose providers are given a server of the check to ask. */
final class HttpClientKit implements Kit {
    static final String REQUEST = "HttpClient.Request";

    /** Bytes of a body for which MessagePack writes the same length as for all larger ones. */
    private static final int LARGE = 0x10000;

    private final WebServer server = new WebServer();

    @Override
    public String contractId() {
        return HttpClientContract.INSTANCE.id();
    }

    @Override
    public String operation() {
        return REQUEST;
    }

    @Override
    public Bytes argument() {
        return encoded("GET", "/", Bytes.EMPTY);
    }

    @Override
    public boolean isServed(Reply reply) {
        return is(reply, Bytes.EMPTY);
    }

    @Override
    public boolean hasLargeArguments() {
        return true;
    }

    @Override
    public Call largeArgument(Lab lab, int size) {
        int around = encoded("POST", "/", filled(LARGE)).size() - LARGE;
        Bytes body = filled(size - around);
        return call(lab, lab.actor(), "POST", "/", body, body);
    }

    @Override
    public boolean hasLargeResults() {
        return true;
    }

    @Override
    public Call largeResult(Lab lab, int size) {
        Bytes measured = lab.send(call(lab, lab.actor(), "GET", WebServer.BYTES + LARGE, Bytes.EMPTY, filled(LARGE))
                        .invocation())
                .result();
        if (measured == null) {
            throw new AssertionError("a GET of %d bytes failed".formatted(LARGE));
        }
        int body = size - (measured.size() - LARGE);
        return call(lab, lab.actor(), "GET", WebServer.BYTES + body, Bytes.EMPTY, filled(body));
    }

    @Override
    public Call numbered(Lab lab, TestActor actor, int number) {
        Bytes body = Bytes.utf8("number " + number);
        return call(lab, actor, "POST", "/", body, body);
    }

    @Override
    public List<Check> suite() {
        return new HttpClientChecks(contractId(), server).all();
    }

    private Call call(Lab lab, TestActor actor, String method, String path, Bytes body, Bytes expected) {
        return new Call(
                "%s %s with %d bytes".formatted(method, path, body.size()),
                actor.invocation(lab.provider(), REQUEST, encoded(method, path, body)),
                reply -> is(reply, expected));
    }

    private Bytes encoded(String method, String path, Bytes body) {
        return HttpRequest.CODEC.encode(new HttpRequest(method, server.url() + path, Map.of(), body), Encoding.MSGPACK);
    }

    private static boolean is(Reply reply, Bytes body) {
        if (reply.result() == null) {
            return false;
        }
        HttpResponse response = HttpResponse.CODEC.decode(reply.result(), Encoding.MSGPACK);
        return response.statusCode() == 200 && response.body().equals(body);
    }

    private static Bytes filled(int size) {
        return Bytes.wrap(WebServer.bytes(size));
    }
}
