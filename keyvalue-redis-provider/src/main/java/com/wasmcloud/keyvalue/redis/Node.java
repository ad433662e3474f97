package com.wasmcloud.keyvalue.redis;

/** Host and port of one server. */
record Node(String host, int port) {
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
