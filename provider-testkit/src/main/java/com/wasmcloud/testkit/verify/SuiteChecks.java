package com.wasmcloud.testkit.verify;

import com.wasmcloud.testkit.host.HostForm;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The test suite of a contract as checks, one for each test, so that there is one suite and not two. */
final class SuiteChecks {
    private SuiteChecks() {}

    static <S> List<Check> of(String contractId, Class<S> suite, Function<Trial, ? extends S> made) {
        List<Check> checks = new ArrayList<>();
        for (Method test : annotated(suite, Test.class)) {
            String words = words(test.getName());
            Rule rule = Rule.ofContract(contractId, words.replace('-', ' '));
            checks.add(new Check("contract/" + words, HostForm.RUST, rule, trial -> {
                trial.expects(words.replace('-', ' '));
                S instance = made.apply(trial);
                for (Method before : annotated(suite, BeforeEach.class)) {
                    run(instance, before);
                }
                try {
                    run(instance, test);
                } finally {
                    for (Method after : annotated(suite, AfterEach.class)) {
                        run(instance, after);
                    }
                }
            }));
        }
        return checks;
    }

    /** The methods of a class and those above it, in the order of their names. */
    private static List<Method> annotated(Class<?> type, Class<? extends Annotation> annotation) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            Arrays.stream(level.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(annotation))
                    .forEach(methods::add);
        }
        methods.forEach(method -> method.setAccessible(true));
        methods.sort(Comparator.comparing(Method::getName));
        return methods;
    }

    private static void run(Object instance, Method method) throws Exception {
        try {
            method.invoke(instance);
        } catch (InvocationTargetException failure) {
            if (failure.getTargetException() instanceof Error error) {
                throw error;
            }
            if (failure.getTargetException() instanceof Exception exception) {
                throw exception;
            }
            throw failure;
        }
    }

    /** {@code getTellsTheTruth} as {@code get-tells-the-truth}. */
    private static String words(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
    }
}
