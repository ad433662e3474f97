/** The settings of a link, read from its values, documents and the provider configuration; knows no Vert.x. */
@NullMarked
package com.wasmcloud.httpserver.settings;

import org.jspecify.annotations.NullMarked;
