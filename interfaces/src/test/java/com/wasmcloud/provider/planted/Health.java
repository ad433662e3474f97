package com.wasmcloud.provider.planted;

/** Planted: something of the runtime. */
public class Health {}
