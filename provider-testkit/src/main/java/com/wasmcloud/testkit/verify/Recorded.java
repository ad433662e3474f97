package com.wasmcloud.testkit.verify;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Notes for a {@link Trial} what the operations of a contract are called with. */
final class Recorded implements InvocationHandler {
    private static final int LONGEST = 300;

    private final Trial trial;
    private final Object service;

    private Recorded(Trial trial, Object service) {
        this.trial = trial;
        this.service = service;
    }

    static <S> S of(Class<S> contract, Trial trial, S service) {
        ClassLoader loader = contract.getClassLoader();
        return contract.cast(Proxy.newProxyInstance(loader, new Class<?>[] {contract}, new Recorded(trial, service)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object[] all = arguments == null ? new Object[0] : arguments;
        String call =
                Arrays.stream(all).map(String::valueOf).collect(Collectors.joining(", ", method.getName() + "(", ")"));
        trial.sends(call.length() <= LONGEST ? call : call.substring(0, LONGEST) + "…");
        try {
            return method.invoke(service, all);
        } catch (InvocationTargetException failure) {
            throw failure.getTargetException();
        }
    }
}
