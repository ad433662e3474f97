package com.wasmcloud.testkit.servers;

/** The names that one server program goes by. */
enum ServerKind {
    NATS("nats-server", "NATS_SERVER", "nats-server", "nats:2", "Server is ready"),
    REDIS("redis-server", "REDIS_SERVER", "redis-server", "redis:7", "eady to accept connections"),
    SENTINEL("redis-server", "REDIS_SERVER", "redis-server", "redis:7", "Sentinel ID is"),
    /** Comes with Maven, so that there is nothing to look for. */
    S3("s3proxy", "", "", "", "S3 is ready");

    private final String program;
    private final String environmentVariable;
    private final String debianPackage;
    private final String image;
    private final String readyText;

    ServerKind(String program, String environmentVariable, String debianPackage, String image, String readyText) {
        this.program = program;
        this.environmentVariable = environmentVariable;
        this.debianPackage = debianPackage;
        this.image = image;
        this.readyText = readyText;
    }

    String program() {
        return program;
    }

    String environmentVariable() {
        return environmentVariable;
    }

    String debianPackage() {
        return debianPackage;
    }

    String image() {
        return image;
    }

    /** What the server prints once it takes connections, and not before. */
    String readyText() {
        return readyText;
    }
}
