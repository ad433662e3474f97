package com.wasmcloud.planted;

/** Planted: the other half, in a class inside it. */
public class There {
    /** Where the ring closes. */
    public static class Inside {
        Here back;
    }
}
