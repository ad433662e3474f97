package com.wasmcloud.httpserver;

/** What all links of the process share. */
record HttpServices(BodyBudget budget, AccessLog accessLog, HttpDate date) {
    static HttpServices ofProcess() {
        return new HttpServices(BodyBudget.ofHeap(), new AccessLog(System.err), new HttpDate());
    }
}
