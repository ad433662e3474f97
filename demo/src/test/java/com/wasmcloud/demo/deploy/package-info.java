/** Manifests for other people's clusters. */
@NullMarked
package com.wasmcloud.demo.deploy;

import org.jspecify.annotations.NullMarked;
