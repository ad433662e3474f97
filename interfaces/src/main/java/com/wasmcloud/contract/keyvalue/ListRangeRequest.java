package com.wasmcloud.contract.keyvalue;

/** Names a part of a list: positions count from 0, both ends belong to it, negative ones count from the end. */
public record ListRangeRequest(String listName, int start, int stop) {}
