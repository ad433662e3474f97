/** The actor: counts, keeps files, writes its log, and serves the page that shows all of it. Knows no host and no NATS. */
@NullMarked
package com.wasmcloud.demo.actor;

import org.jspecify.annotations.NullMarked;
