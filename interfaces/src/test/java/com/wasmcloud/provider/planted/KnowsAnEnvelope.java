package com.wasmcloud.provider.planted;

import com.wasmcloud.wasmbus.planted.Envelope;

/** Planted: the runtime must not name a protocol. */
public class KnowsAnEnvelope {
    Envelope forbidden;
}
