package com.wasmcloud.contract.rpc;

/** The shapes of constructors with three to nine parameters, which the JDK has no functional interfaces for. */
public final class Constructor {
    private Constructor() {}

    /** A constructor with three parameters. */
    @FunctionalInterface
    public interface Of3<A, B, C, R> {
        /** Makes the record. */
        R make(A a, B b, C c);
    }

    /** A constructor with four parameters. */
    @FunctionalInterface
    public interface Of4<A, B, C, D, R> {
        /** Makes the record. */
        R make(A a, B b, C c, D d);
    }

    /** A constructor with five parameters. */
    @FunctionalInterface
    public interface Of5<A, B, C, D, E, R> {
        /** Makes the record. */
        R make(A a, B b, C c, D d, E e);
    }

    /** A constructor with six parameters. */
    @FunctionalInterface
    public interface Of6<A, B, C, D, E, F, R> {
        /** Makes the record. */
        R make(A a, B b, C c, D d, E e, F f);
    }

    /** A constructor with seven parameters. */
    @FunctionalInterface
    public interface Of7<A, B, C, D, E, F, G, R> {
        /** Makes the record. */
        R make(A a, B b, C c, D d, E e, F f, G g);
    }

    /** A constructor with eight parameters. */
    @FunctionalInterface
    public interface Of8<A, B, C, D, E, F, G, H, R> {
        /** Makes the record. */
        R make(A a, B b, C c, D d, E e, F f, G g, H h);
    }

    /** A constructor with nine parameters. */
    @FunctionalInterface
    public interface Of9<A, B, C, D, E, F, G, H, I, R> {
        /** Makes the record. */
        R make(A a, B b, C c, D d, E e, F f, G g, H h, I i);
    }
}
