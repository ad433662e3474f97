package com.wasmcloud.contract.keyvalue;

/** Adds {@code value} to the set {@code setName}. */
public record SetAddRequest(String setName, String value) {}
