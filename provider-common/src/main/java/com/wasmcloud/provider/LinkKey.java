package com.wasmcloud.provider;

/**
 * What tells links apart; each has one session at a time. An immutable value.
 *
 * @param peer who is linked to this provider
 * @param name of the link
 * @param contract what the link is for
 */
public record LinkKey(String peer, String name, String contract) {}
