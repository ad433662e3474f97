package com.wasmcloud.demo.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesTest {
    private static final Path BASE = Manifests.DEPLOY.resolve("kubernetes/base");
    private static final Path TRIAL = Manifests.DEPLOY.resolve("kubernetes/trial");
    private static final Pattern MADE = Pattern.compile("(?m)^make (\\S+)((?: \\S+)*)$");

    private static List<Deployment> deployments(Path file) throws IOException {
        return Manifests.objects(file).stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .toList();
    }

    private static PodSpec pod(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec();
    }

    private static Container container(Deployment deployment) {
        assertThat(pod(deployment).getContainers()).hasSize(1);
        return pod(deployment).getContainers().get(0);
    }

    private static Deployment common() throws IOException {
        return deployments(BASE.resolve("provider.yaml")).get(0);
    }

    @Test
    void thereIsADeploymentForEachProvider() throws IOException {
        List<Deployment> deployments = deployments(BASE.resolve("providers.yaml"));
        assertThat(deployments)
                .extracting(deployment -> deployment.getMetadata().getName())
                .containsExactlyElementsOf(Manifests.PROVIDERS);
        for (Deployment deployment : deployments) {
            String name = deployment.getMetadata().getName();
            Map<String, String> labels =
                    deployment.getSpec().getTemplate().getMetadata().getLabels();
            assertThat(labels)
                    .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
            assertThat(deployment.getMetadata().getLabels()).containsEntry("app.kubernetes.io/component", "provider");
            assertThat(container(deployment).getName())
                    .isEqualTo(container(common()).getName());
            assertThat(container(deployment).getImage()).isEqualTo("wasmcloud-java/" + name);
            assertThat(pod(deployment).getVolumes())
                    .extracting(volume -> volume.getSecret().getSecretName())
                    .containsExactly(name + "-host-data");
        }
    }

    @Test
    void whatIsMountedIsThere() throws IOException {
        Deployment common = common();
        for (Deployment deployment : deployments(BASE.resolve("providers.yaml"))) {
            List<Volume> volumes = new ArrayList<>(pod(deployment).getVolumes());
            volumes.addAll(pod(common).getVolumes());
            assertThat(container(common).getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .containsExactlyInAnyOrderElementsOf(
                            volumes.stream().map(Volume::getName).toList());
        }
    }

    @Test
    void aProviderIsRunAsItsCommandsWantIt() throws IOException {
        Container container = container(common());
        List<String> hostData = List.of("--host-data", "/run/host-data/host-data");
        assertThat(container.getArgs()).isEqualTo(hostData);
        assertThat(container.getReadinessProbe().getExec().getCommand())
                .startsWith("/provider/bin/java", "@/provider/health")
                .containsAll(hostData)
                .doesNotContain("--alive");
        assertThat(container.getLivenessProbe().getExec().getCommand())
                .isEqualTo(container.getStartupProbe().getExec().getCommand())
                .startsWith("/provider/bin/java", "@/provider/health", "--alive")
                .containsAll(hostData);
        assertThat(container.getVolumeMounts())
                .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/run/host-data"));
    }

    @Test
    void aProviderIsConfinedAndRolledOverWithoutAGap() throws IOException {
        Deployment common = common();
        Container container = container(common);
        assertThat(common.getSpec().getReplicas()).isEqualTo(2);
        assertThat(common.getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable()
                        .getIntVal())
                .isZero();
        assertThat(container.getResources().getLimits().get("memory")).hasToString("256Mi");
        assertThat(container.getCommand())
                .containsExactly("/provider/bin/java", "-XX:MaxDirectMemorySize=64m", "@/provider/options");
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod(common).getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod(common).getAutomountServiceAccountToken()).isFalse();
        long patience = container.getLifecycle().getPreStop().getSleep().getSeconds() + 10;
        assertThat(pod(common).getTerminationGracePeriodSeconds()).isGreaterThan(patience);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "trial"})
    void everyFileIsUsedAndThere(String folder) throws IOException {
        Path kustomization =
                Manifests.DEPLOY.resolve("kubernetes").resolve(folder).resolve("kustomization.yaml");
        JsonNode root = Manifests.documents(kustomization).get(0);
        Set<String> known =
                Set.of("apiVersion", "kind", "namespace", "resources", "patches", "images", "secretGenerator");
        root.fieldNames().forEachRemaining(field -> assertThat(known).contains(field));
        Set<String> used = new TreeSet<>();
        root.path("resources").forEach(each -> used.add(each.asText()));
        root.path("patches").forEach(each -> used.add(each.path("path").asText()));
        for (String file : used) {
            assertThat(kustomization.resolveSibling(file)).exists();
        }
        try (Stream<Path> files = Files.list(kustomization.resolveSibling("."))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
                    .isSubsetOf(used);
        }
        root.path("images").forEach(image -> assertThat(Manifests.PROVIDERS)
                .contains(image.path("name").asText().replace("wasmcloud-java/", "")));
    }

    @Test
    void servicesLeadToPorts() throws IOException {
        List<HasMetadata> objects = new ArrayList<>(Manifests.objects(TRIAL.resolve("servers.yaml")));
        objects.addAll(Manifests.objects(BASE.resolve("providers.yaml")));
        objects.addAll(Manifests.objects(BASE.resolve("httpserver-service.yaml")));
        objects.addAll(Manifests.objects(TRIAL.resolve("namespace.yaml")));
        Map<Map<String, String>, Deployment> bySelector = new HashMap<>();
        objects.stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .forEach(deployment ->
                        bySelector.put(deployment.getSpec().getSelector().getMatchLabels(), deployment));
        for (HasMetadata object : objects) {
            if (object instanceof Service service) {
                Deployment behind = Objects.requireNonNull(
                        bySelector.get(service.getSpec().getSelector()),
                        service.getMetadata().getName());
                assertThat(container(behind).getPorts())
                        .extracting(ContainerPort::getName)
                        .contains(service.getSpec()
                                .getPorts()
                                .get(0)
                                .getTargetPort()
                                .getStrVal());
            }
        }
    }

    @Test
    void secretsOfTheTrialAreTheOnesThatItsScriptMakes() throws IOException {
        String script = Files.readString(TRIAL.resolve("host-data.sh"));
        JsonNode generators =
                Manifests.documents(TRIAL.resolve("kustomization.yaml")).get(0).path("secretGenerator");
        Set<String> names = new TreeSet<>();
        for (JsonNode generator : generators) {
            names.add(generator.path("name").asText());
            String file = generator.path("files").get(0).asText().replaceFirst(".*=secrets/", "");
            assertThat(script).containsPattern("(?m)^(make " + file + "\\b|.*once " + Pattern.quote(file) + "\\b)");
        }
        for (String provider : Manifests.PROVIDERS) {
            assertThat(names).contains(provider + "-host-data");
        }
        for (Deployment server : deployments(TRIAL.resolve("servers.yaml"))) {
            for (Volume volume : pod(server).getVolumes()) {
                if (volume.getSecret() != null) {
                    assertThat(names).contains(volume.getSecret().getSecretName());
                }
            }
        }
    }

    @Test
    void linksOfTheTrialHaveKeysThatTheProvidersKnow() throws IOException {
        Matcher made = MADE.matcher(Files.readString(TRIAL.resolve("host-data.sh")));
        Set<String> providers = new TreeSet<>();
        while (made.find()) {
            providers.add(made.group(1));
            for (String value : made.group(2).strip().split(" ", -1)) {
                if (!value.isEmpty()) {
                    assertThat(Manifests.linkKeys(made.group(1))).contains(value.substring(0, value.indexOf('=')));
                }
            }
        }
        assertThat(providers).containsExactlyInAnyOrderElementsOf(Manifests.PROVIDERS);
        int port = container(deployments(BASE.resolve("providers.yaml"))
                        .get(Manifests.PROVIDERS.indexOf("httpserver-provider")))
                .getPorts()
                .get(0)
                .getContainerPort();
        assertThat(Files.readString(TRIAL.resolve("host-data.sh"))).contains("address=0.0.0.0:" + port);
    }
}
