/** Provider archives, {@code .par} and {@code .par.gz}: the form in which hosts fetch providers. */
@NullMarked
package com.wasmcloud.testkit.archive;

import org.jspecify.annotations.NullMarked;
