package com.wasmcloud.planted;

import com.wasmcloud.planted.There;

/** Planted: half of a ring. */
public class Here {
    There forbidden;
}
