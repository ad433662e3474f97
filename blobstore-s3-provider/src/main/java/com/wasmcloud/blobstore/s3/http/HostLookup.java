package com.wasmcloud.blobstore.s3.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What finds the addresses of a host, one at least, and may block. */
@FunctionalInterface
public interface HostLookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
}
