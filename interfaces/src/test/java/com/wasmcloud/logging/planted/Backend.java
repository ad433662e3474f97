package com.wasmcloud.logging.planted;

import com.wasmcloud.wasmbus.planted.Envelope;

/** Planted: a backend must not name a protocol. */
public class Backend {
    Envelope forbidden;
}
