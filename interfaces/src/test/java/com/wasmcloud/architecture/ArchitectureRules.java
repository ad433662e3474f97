package com.wasmcloud.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who may use whom: providers use provider-common and the contracts, provider-common uses the contracts, and each client
 * library has one home.
 *
 * <p>Looks at the classes of the module whose test calls it, not at its tests. A class may only name a library that its
 * module declares anyway; these rules keep that from being the wrong module.
 */
public final class ArchitectureRules {
    private static final String CONTRACTS = "com.wasmcloud.contract..";
    private static final String[] PROVIDER_COMMON = {
        "com.wasmcloud.provider..", "com.wasmcloud.wasmbus..", "com.wasmcloud.nats..", "com.wasmcloud.nkeys.."
    };
    private static final List<String> PROVIDERS = List.of(
            "com.wasmcloud.keyvalue.redis..",
            "com.wasmcloud.httpserver..",
            "com.wasmcloud.httpclient..",
            "com.wasmcloud.blobstore.s3..",
            "com.wasmcloud.logging..");
    private static final String WASMBUS = "com.wasmcloud.wasmbus..";
    private static final String NATS = "com.wasmcloud.nats..";
    private static final String TESTKIT = "com.wasmcloud.testkit..";
    private static final String DEMO = "com.wasmcloud.demo..";
    private static final String BENCHMARKS = "com.wasmcloud.benchmarks..";

    private ArchitectureRules() {}

    /**
     * Checks the module in whose folder the test runs.
     *
     * @throws AssertionError with every class that breaks a rule
     */
    public static void check() {
        check(classesIn(Path.of(System.getProperty("basedir", "."), "target", "classes")));
    }

    /**
     * Checks that no classes of the module need each other in a ring: such a ring can only be understood, and changed, as a
     * whole. A class counts with those inside it.
     *
     * @param apart packages that are not looked at
     * @throws AssertionError with the rings
     */
    public static void checkRings(String... apart) {
        JavaClasses classes = classesIn(Path.of(System.getProperty("basedir", "."), "target", "classes"));
        checkRings(classes.that(resideOutsideOfPackages(apart)));
    }

    /**
     * Checks that only some classes of the module know the messages of its contract, so that another form of the contract
     * needs others of these and nothing else.
     *
     * @param contract the package of the messages
     * @param adapters names of the classes that may know them
     * @throws AssertionError with every other class that does
     */
    public static void checkAdapters(String contract, String... adapters) {
        JavaClasses classes = classesIn(Path.of(System.getProperty("basedir", "."), "target", "classes"));
        checkAdapters(classes, contract, adapters);
    }

    /**
     * The classes in a folder.
     *
     * @throws AssertionError when it has none, for then nothing would be checked
     */
    static JavaClasses classesIn(Path folder) {
        JavaClasses classes = new ClassFileImporter().importPath(folder);
        if (!classes.iterator().hasNext()) {
            throw new AssertionError("there are no classes to check in " + folder);
        }
        return classes;
    }

    static void check(JavaClasses classes) {
        rules().forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    static void checkAdapters(JavaClasses classes, String contract, String... adapters) {
        Set<String> names = Set.of(adapters);
        JavaClasses others = classes.that(describe(
                "are no adapters",
                javaClass -> !names.contains(outermost(javaClass).getSimpleName())));
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage(contract)
                .because("only adapters know the messages of a contract")
                .allowEmptyShould(true)
                .check(others);
    }

    static void checkRings(JavaClasses classes) {
        slices().assignedFrom(new Files())
                .should()
                .beFreeOfCycles()
                .because("no classes need each other in a ring")
                .allowEmptyShould(true)
                .check(classes);
    }

    private static JavaClass outermost(JavaClass javaClass) {
        JavaClass outermost = javaClass;
        while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
        }
        return outermost;
    }

    /** A source file, which is a class with those inside it. */
    private static final class Files implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            JavaClass outermost = outermost(javaClass);
            return outermost.getPackageName().startsWith("com.wasmcloud")
                    ? SliceIdentifier.of(outermost.getFullName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "files";
        }
    }

    private static List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>();
        rules.add(classes()
                .that()
                .resideInAPackage(CONTRACTS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(CONTRACTS, "java..", "org.jspecify..", "org.msgpack..")
                .because("contracts know no transport"));
        rules.add(noClasses()
                .that()
                .resideInAnyPackage(PROVIDER_COMMON)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(with(PROVIDERS, TESTKIT, DEMO, BENCHMARKS))
                .because("provider-common serves every provider and knows none"));
        rules.add(noClasses()
                .that()
                .resideInAPackage("com.wasmcloud.provider..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WASMBUS, NATS)
                .because("the runtime knows no generation of the protocol"));
        rules.add(noClasses()
                .that()
                .resideInAPackage(NATS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WASMBUS, "com.wasmcloud.provider")
                .because("the connection to NATS knows no protocol above it"));
        rules.add(noClasses()
                .that()
                .resideInAnyPackage(PROVIDERS.toArray(new String[0]))
                .and()
                .haveSimpleNameNotEndingWith("Provider")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(WASMBUS, NATS)
                .because("of a provider only its main class names a generation of the protocol"));
        rules.add(home("io.nats..", NATS, BENCHMARKS));
        rules.add(home("io.lettuce..", "com.wasmcloud.keyvalue.redis..", BENCHMARKS));
        rules.add(home(
                "io.opentelemetry..", "com.wasmcloud.provider.telemetry.otel..", "com.wasmcloud.logging..", TESTKIT));
        rules.add(home("io.vertx..", "com.wasmcloud.httpserver..", "com.wasmcloud.httpclient..", TESTKIT, BENCHMARKS));
        rules.add(home("software.amazon.awssdk..", "com.wasmcloud.blobstore.s3..", TESTKIT, BENCHMARKS));
        PROVIDERS.forEach(provider -> rules.add(alone(provider)));
        rules.add(slices().matching("com.wasmcloud.(**)").should().beFreeOfCycles());
        return rules;
    }

    private static ArchRule home(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("its types stay in " + String.join(", ", packages));
    }

    private static ArchRule alone(String provider) {
        List<String> others = new ArrayList<>(PROVIDERS);
        others.remove(provider);
        return noClasses()
                .that()
                .resideInAPackage(provider)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(with(others, TESTKIT, DEMO, BENCHMARKS))
                .because("providers share code through provider-common only");
    }

    private static String[] with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }
}
