package com.wasmcloud.nats.planted;

import com.wasmcloud.wasmbus.planted.Envelope;

/** Planted: the connection must not name a protocol. */
public class KnowsAnEnvelope {
    Envelope forbidden;
}
