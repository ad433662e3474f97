package com.wasmcloud.testkit.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The same S3 server as an {@link S3Server}, in a process of its own that can be killed. Its objects are files of its
 * own and stay over a restart.
 *
 * <p>See {@link Server} for threads and ownership.
 */
public final class S3Process extends Server {
    private static final String ACCESS_KEY = "testkit";

    private final String secretKey;

    private S3Process(ServerProcess process, String secretKey) {
        super(process);
        this.secretKey = secretKey;
    }

    /**
     * Starts a server.
     *
     * @param javaOptions for its JVM
     * @throws IllegalStateException when S3Proxy is not among the dependencies or does not come up
     */
    public static S3Process start(String... javaOptions) {
        String secretKey = UUID.randomUUID().toString();
        ServerProcess process = ServerProcess.start(
                ServerKind.S3,
                new ServerLookup("java", List.of(ServerLookup.in("java", List.of(javaFolder())))),
                (directory, bindAddress, port) -> prepare(directory, port, secretKey, List.of(javaOptions)));
        return new S3Process(process, secretKey);
    }

    /** Where clients connect: {@code http://127.0.0.1:…}. */
    public String url() {
        return "http://127.0.0.1:%d".formatted(port());
    }

    /** The name of the only user. */
    public String accessKey() {
        return ACCESS_KEY;
    }

    /** The only user's password. */
    public String secretKey() {
        return secretKey;
    }

    /** The folder that has a folder for each container, with a file for each object. */
    public Path objects() {
        return objects(process().directory());
    }

    /** What a link of {@code wasmcloud:blobstore} on S3 needs to use this server. */
    public Map<String, String> linkValues() {
        return S3Server.linkValues(url(), ACCESS_KEY, secretKey);
    }

    private static List<String> prepare(Path directory, int port, String secretKey, List<String> javaOptions)
            throws IOException {
        Path objects = Files.createDirectories(objects(directory));
        // not among the arguments, which every user of the machine can see
        Path secret = Files.writeString(directory.resolve("secret"), secretKey);
        List<String> arguments = new ArrayList<>(javaOptions);
        arguments.addAll(List.of(
                "-cp",
                classPath(),
                Main.class.getName(),
                Integer.toString(port),
                objects.toString(),
                secret.toString()));
        return arguments;
    }

    /** Our own, for a process that runs in another folder. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path objects(Path directory) {
        return directory.resolve("objects");
    }

    private static String javaFolder() {
        return Path.of(System.getProperty("java.home"), "bin").toString();
    }

    /** What runs in the process. */
    static final class Main {
        private Main() {}

        public static void main(String... arguments) throws IOException {
            S3Setup setup = S3Server.setup()
                    .port(Integer.parseInt(arguments[0]))
                    .folder(Path.of(arguments[1]))
                    .user(ACCESS_KEY, Files.readString(Path.of(arguments[2])));
            setup.start();
            System.out.println(ServerKind.S3.readyText());
        }
    }
}
