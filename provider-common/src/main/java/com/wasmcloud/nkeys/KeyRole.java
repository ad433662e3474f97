package com.wasmcloud.nkeys;

/** What a key is for; decides the first letter of its text, which is how people and protocol tell keys apart. */
public enum KeyRole {
    /** Signs archives: {@code A…}. */
    ACCOUNT(0x00),
    /** Signs invocations in a lattice: {@code C…}. */
    CLUSTER(0x10),
    /** Names an actor: {@code M…}. */
    ACTOR(0x60),
    /** Names a host: {@code N…}. */
    HOST(0x68),
    /** Signs NATS accounts: {@code O…}. */
    OPERATOR(0x70),
    /** Logs in to NATS: {@code U…}. */
    USER(0xA0),
    /** Names a provider: {@code V…}. */
    PROVIDER(0xA8);

    final int prefix;

    KeyRole(int prefix) {
        this.prefix = prefix;
    }

    static KeyRole of(int prefix) {
        for (KeyRole role : values()) {
            if (role.prefix == prefix) {
                return role;
            }
        }
        throw new IllegalArgumentException("unknown key type");
    }
}
