package com.wasmcloud.contract.keyvalue;

/** Appends {@code value} to the list {@code listName}. */
public record ListAddRequest(String listName, String value) {}
