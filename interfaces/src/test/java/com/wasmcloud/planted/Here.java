package com.wasmcloud.planted;

/** Planted: half of a ring. */
public class Here {
    There forbidden;
}
