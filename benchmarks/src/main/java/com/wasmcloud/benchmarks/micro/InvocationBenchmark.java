package com.wasmcloud.benchmarks.micro;

import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.Claims;
import com.wasmcloud.wasmbus.Invocation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A call as a whole, on its way in and on its way out. One state serves one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InvocationBenchmark {
    private final Bytes envelope = Invocation.CODEC.encode(Samples.invocation(Samples.TOKEN), Encoding.MSGPACK);

    /** The hash over a call. */
    @Benchmark
    public String hash() {
        return Claims.hash(Samples.ACTOR.url(), Samples.TARGET_URL, Samples.OPERATION, Samples.ARGUMENT);
    }

    /** What a receiver does: reads the envelope, verifies the token, compares the hash. */
    @Benchmark
    public boolean in() {
        Invocation call = Invocation.CODEC.decode(envelope, Encoding.MSGPACK);
        Claims claims = Claims.verify(call.encodedClaims(), Samples.NOW);
        String targetUrl = call.target().url() + "/" + call.operation();
        return Claims.hash(call.origin().url(), targetUrl, call.operation(), call.msg())
                .equals(claims.hash());
    }

    /** What a caller does: hashes, signs, writes the envelope. */
    @Benchmark
    public Bytes out() {
        String targetUrl = Samples.PROVIDER.url() + "/" + Samples.OPERATION;
        String originUrl = Samples.ACTOR.url();
        String hash = Claims.hash(originUrl, targetUrl, Samples.OPERATION, Samples.ARGUMENT);
        String token = Claims.sign(Samples.CLUSTER, Samples.ID, targetUrl, originUrl, hash, Samples.NOW);
        return Invocation.CODEC.encode(Samples.invocation(token), Encoding.MSGPACK);
    }
}
