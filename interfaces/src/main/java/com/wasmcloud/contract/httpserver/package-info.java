/** The contract {@code wasmcloud:httpserver}: HTTP requests that a provider hands to an actor. */
@NullMarked
package com.wasmcloud.contract.httpserver;

import org.jspecify.annotations.NullMarked;
