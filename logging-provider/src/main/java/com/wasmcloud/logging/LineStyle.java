package com.wasmcloud.logging;

/**
 * How the lines of one link look, whatever they are written to.
 *
 * @param format for outputs of text
 * @param service name of the actor at a collector
 */
record LineStyle(LineFormat format, String service) {}
