/** Used while an executable is built, and not part of it: gathers the licence texts of what is inside. */
@NullMarked
package com.wasmcloud.launcher.licences;

import org.jspecify.annotations.NullMarked;
