package com.wasmcloud.contract.keyvalue;

/** What {@link KeyValue#get} found: an empty value and false when there is no such key. */
public record GetResponse(String value, boolean exists) {}
