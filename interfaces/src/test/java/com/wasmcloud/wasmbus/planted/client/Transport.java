package com.wasmcloud.wasmbus.planted.client;

import io.nats.planted.Client;

/** Planted: only the connection may name the client. */
public class Transport {
    Client forbidden;
}
