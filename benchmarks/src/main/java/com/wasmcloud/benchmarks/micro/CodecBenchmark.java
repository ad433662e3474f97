package com.wasmcloud.benchmarks.micro;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.wasmbus.Invocation;
import com.wasmcloud.wasmbus.InvocationResponse;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writing and reading messages in MessagePack. One state serves one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    /** Which message; see {@link #prepare}. */
    @Param({"GetResponse", "IncrementRequest", "HttpRequest", "Invocation", "InvocationResponse"})
    public String message = "";

    private Case<?> sample = new Case<>(Codec.BOOL, true);
    private Bytes encoded = Bytes.EMPTY;

    private record Case<T>(Codec<T> codec, T value) {
        Bytes encode() {
            return codec.encode(value, Encoding.MSGPACK);
        }

        T decode(Bytes bytes) {
            return codec.decode(bytes, Encoding.MSGPACK);
        }
    }

    /** Chooses the message, and writes it to have something to read. */
    @Setup
    public void prepare() {
        sample = switch (message) {
            case "GetResponse" -> new Case<>(GetResponse.CODEC, Samples.GET_RESPONSE);
            case "IncrementRequest" -> new Case<>(IncrementRequest.CODEC, Samples.INCREMENT);
            case "HttpRequest" -> new Case<>(HttpRequest.CODEC, Samples.HTTP_REQUEST);
            case "Invocation" -> new Case<>(Invocation.CODEC, Samples.invocation(Samples.TOKEN));
            case "InvocationResponse" -> new Case<>(InvocationResponse.CODEC, Samples.RESPONSE);
            default -> throw new IllegalArgumentException("no message " + message);
        };
        encoded = sample.encode();
    }

    /** Value to bytes. */
    @Benchmark
    public Bytes encode() {
        return sample.encode();
    }

    /** Bytes to value. */
    @Benchmark
    public Object decode() {
        return sample.decode(encoded);
    }
}
