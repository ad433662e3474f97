package com.wasmcloud.benchmarks.micro;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.nkeys.KeyPair;
import com.wasmcloud.nkeys.KeyRole;
import com.wasmcloud.wasmbus.Claims;
import com.wasmcloud.wasmbus.Entity;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages as they are on a lattice: a {@code KeyValue.Get} of about 1.2 kB in all, and what is inside of it. */
final class Samples {
    static final GetResponse GET_RESPONSE = new GetResponse("v".repeat(100), true);
    static final IncrementRequest INCREMENT = new IncrementRequest("counter:default", 1);
    static final HttpRequest HTTP_REQUEST = new HttpRequest(
            "GET",
            "/api/counter/visits",
            "from=here",
            Map.of(
                    "host", List.of("127.0.0.1:8080"),
                    "user-agent", List.of("curl/7.88.1"),
                    "accept", List.of("*/*")),
            Bytes.EMPTY);

    static final KeyPair CLUSTER = KeyPair.generate(KeyRole.CLUSTER);
    static final String HOST = KeyPair.generate(KeyRole.HOST).publicKey();
    static final Entity ACTOR = Entity.actor(KeyPair.generate(KeyRole.ACTOR).publicKey());
    static final Entity PROVIDER =
            new Entity(KeyPair.generate(KeyRole.PROVIDER).publicKey(), "default", "wasmcloud:keyvalue");
    static final String OPERATION = "KeyValue.Get";
    static final Bytes ARGUMENT = Codec.STRING.encode("key:00000001", Encoding.MSGPACK);
    static final long NOW = 1_700_000_000L;
    static final String ID = "0123456789abcdef0123456789abcdef";
    static final String TARGET_URL = PROVIDER.url() + "/" + OPERATION;
    static final String HASH = Claims.hash(ACTOR.url(), TARGET_URL, OPERATION, ARGUMENT);
    static final String TOKEN = Claims.sign(CLUSTER, ID, TARGET_URL, ACTOR.url(), HASH, NOW);
    static final InvocationResponse RESPONSE =
            InvocationResponse.of(ID, GetResponse.CODEC.encode(GET_RESPONSE, Encoding.MSGPACK));

    private Samples() {}

    static Invocation invocation(String token) {
        return new Invocation(
                ACTOR,
                PROVIDER,
                OPERATION,
                ARGUMENT,
                ID,
                token,
                HOST,
                Optional.of((long) ARGUMENT.size()),
                Optional.empty());
    }
}
