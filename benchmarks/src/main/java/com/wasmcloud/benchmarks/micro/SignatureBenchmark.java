package com.wasmcloud.benchmarks.micro;

import com.wasmcloud.nkeys.Ed25519;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Ed25519 over what a token signs, about 600 bytes. One state serves one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SignatureBenchmark {
    /** {@code fastest} is the native library where it loads, {@code portable} is BouncyCastle. */
    @Param({"fastest", "portable"})
    public String library = "fastest";

    private final byte[] seed = new byte[32];
    private final byte[] message =
            Samples.TOKEN.substring(0, Samples.TOKEN.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    private Ed25519 signatures = Ed25519.portable();
    private byte[] publicKey = new byte[0];
    private Ed25519.Signer signer = signed -> signed;
    private byte[] signature = new byte[0];

    /** Makes a key and a signature. */
    @Setup
    public void prepare() {
        new SecureRandom().nextBytes(seed);
        publicKey = Ed25519.publicKey(seed);
        signatures = library.equals("fastest") ? Ed25519.fastest() : Ed25519.portable();
        signer = signatures.signer(seed);
        signature = signer.sign(message);
    }

    /** Signs. */
    @Benchmark
    public byte[] sign() {
        return signer.sign(message);
    }

    /** Verifies a signature that holds. */
    @Benchmark
    public boolean verify() {
        return signatures.verify(publicKey, message, signature);
    }
}
