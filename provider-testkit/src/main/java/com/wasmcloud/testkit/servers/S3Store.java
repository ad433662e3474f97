package com.wasmcloud.testkit.servers;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What an {@link S3Server} keeps its objects in, with a gate before it: calls are counted, held or refused there.
 * Thread-safe.
 */
final class S3Store implements InvocationHandler, AutoCloseable {
    private record Refusal(int status, String code, List<String> calls) {
        boolean concerns(String call) {
            return calls.isEmpty() || calls.contains(call);
        }
    }

    private final BlobStore target;
    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private volatile Optional<Refusal> refusal = Optional.empty();
    private boolean frozen;

    private S3Store(BlobStore target) {
        this.target = target;
    }

    /** In a folder, or in memory without one. */
    static S3Store in(Optional<Path> folder) {
        return new S3Store(folder.<BlobStore>map(path -> new FilesystemNio2BlobStore(path.toString()))
                .orElseGet(TransientNio2BlobStore::new));
    }

    /** The store as the server sees it. */
    BlobStore blobStore() {
        return (BlobStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BlobStore.class}, this);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (!method.getDeclaringClass().equals(BlobStore.class)) {
            return method.invoke(target, arguments);
        }
        if (!isAboutTheStoreItself(method.getName())) {
            pass(method.getName());
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause() == null ? failure : failure.getCause();
        }
    }

    /** Whether the server only asks what the store can do, which has nothing to do with a request. */
    private static boolean isAboutTheStoreItself(String call) {
        return call.startsWith("supports") || call.equals("getMinimumMultipartPartSize") || call.equals("close");
    }

    long calls(String name) {
        LongAdder count = calls.get(name);
        return count == null ? 0 : count.sum();
    }

    void fail(int status, String code, String... only) {
        refusal = Optional.of(new Refusal(status, code, List.of(only)));
    }

    void heal() {
        refusal = Optional.empty();
    }

    synchronized void freeze() {
        frozen = true;
    }

    synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    private void pass(String call) throws InterruptedException {
        calls.computeIfAbsent(call, name -> new LongAdder()).increment();
        synchronized (this) {
            while (frozen) {
                wait();
            }
        }
        Optional<Refusal> no = refusal.filter(candidate -> candidate.concerns(call));
        if (no.isPresent()) {
            throw error(no.get());
        }
    }

    private static S3Exception error(Refusal refusal) {
        S3Exception.Builder builder = S3Exception.builder();
        builder.statusCode(refusal.status());
        builder.awsErrorDetails(AwsErrorDetails.builder()
                .errorCode(refusal.code())
                .errorMessage("refused for a test")
                .build());
        return (S3Exception) builder.build();
    }

    @Override
    public void close() {
        target.close();
    }
}
