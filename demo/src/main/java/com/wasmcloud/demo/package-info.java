/** One command that shows it all working: servers, a host, both providers as processes, and an actor that counts. */
@NullMarked
package com.wasmcloud.demo;

import org.jspecify.annotations.NullMarked;
