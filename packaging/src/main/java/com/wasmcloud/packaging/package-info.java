/**
 * Makes what is shipped of a provider's executable: a file that brings its own Java, and an image. Runs at build time only;
 * {@code Packaging} is its door, and launcher/README.md tells how the results work.
 */
@NullMarked
package com.wasmcloud.packaging;

import org.jspecify.annotations.NullMarked;
