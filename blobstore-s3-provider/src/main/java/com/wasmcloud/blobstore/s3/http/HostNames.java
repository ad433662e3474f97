package com.wasmcloud.blobstore.s3.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Looks up the addresses of hosts on threads that may block: a name server that does not answer keeps nobody waiting but
 * those who need that very name. Thread-safe.
 */
final class HostNames {
    private final HostLookup lookup;
    private final Executor blocking;
    private final Map<String, CompletableFuture<List<InetAddress>>> pending = new ConcurrentHashMap<>();

    HostNames(HostLookup lookup, Executor blocking) {
        this.lookup = lookup;
        this.blocking = blocking;
    }

    /** The addresses of a host; there is one lookup at a time for each name, whoever waits for it. */
    CompletionStage<List<InetAddress>> addresses(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            try {
                return CompletableFuture.completedFuture(List.of(InetAddress.getByAddress(host, literal)));
            } catch (UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> other = pending.putIfAbsent(host, mine);
        if (other != null) {
            return other;
        }
        CompletableFuture<?> unused = mine.whenComplete((addresses, failure) -> pending.remove(host, mine));
        try {
            blocking.execute(() -> find(host, mine));
        } catch (Throwable e) { // such as no thread to be had
            mine.completeExceptionally(e);
        }
        return mine;
    }

    private void find(String host, CompletableFuture<List<InetAddress>> found) {
        try {
            found.complete(List.of(lookup.addresses(host)));
        } catch (Throwable e) {
            found.completeExceptionally(e);
        }
    }
}
