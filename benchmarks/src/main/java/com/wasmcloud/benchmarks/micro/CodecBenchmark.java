package com.wasmcloud.benchmarks.micro;

import com.wasmcloud.contract.httpserver.HttpRequest;
import com.wasmcloud.contract.keyvalue.GetResponse;
import com.wasmcloud.contract.keyvalue.IncrementRequest;
import com.wasmcloud.contract.rpc.Bytes;
import com.wasmcloud.contract.rpc.Codec;
import com.wasmcloud.contract.rpc.Encoding;
import com.wasmcloud.lattice.Invocation;
import com.wasmcloud.lattice.InvocationResponse;
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
    /** Which message. */
    @Param
    public Message message = Message.GET_RESPONSE;

    private Bytes encoded = Bytes.EMPTY;

    /** Messages that are measured. */
    public enum Message {
        /** Result of a {@code KeyValue.Get} with a value of 100 bytes. */
        GET_RESPONSE(GetResponse.CODEC, Samples.GET_RESPONSE),
        /** Argument of a {@code KeyValue.Increment}. */
        INCREMENT_REQUEST(IncrementRequest.CODEC, Samples.INCREMENT),
        /** Argument of a {@code HttpServer.HandleRequest}, a GET with three headers. */
        HTTP_REQUEST(HttpRequest.CODEC, Samples.HTTP_REQUEST),
        /** Envelope of a call, token included. */
        INVOCATION(Invocation.CODEC, Samples.invocation(Samples.TOKEN)),
        /** Envelope of an answer. */
        INVOCATION_RESPONSE(
                InvocationResponse.CODEC,
                InvocationResponse.of(Samples.ID, GetResponse.CODEC.encode(Samples.GET_RESPONSE, Encoding.MSGPACK)));

        private final Case<?> sample;

        <T> Message(Codec<T> codec, T value) {
            sample = new Case<>(codec, value);
        }
    }

    private record Case<T>(Codec<T> codec, T value) {
        Bytes encode() {
            return codec.encode(value, Encoding.MSGPACK);
        }

        T decode(Bytes bytes) {
            return codec.decode(bytes, Encoding.MSGPACK);
        }
    }

    /** Writes the message that is read later. */
    @Setup
    public void prepare() {
        encoded = message.sample.encode();
    }

    /** Value to bytes. */
    @Benchmark
    public Bytes encode() {
        return message.sample.encode();
    }

    /** Bytes to value. */
    @Benchmark
    public Object decode() {
        return message.sample.decode(encoded);
    }
}
