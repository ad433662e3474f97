# The images of this project. Needs BuildKit (Docker 23 or newer has it by default), or Podman.
#   docker build --build-arg PROVIDER=keyvalue-redis-provider -t keyvalue-redis-provider .
# compose.yaml and compose.host.yaml build all that they need; the stage that runs Maven is the same for all, so it runs once.

ARG REVISION=0.1.0-SNAPSHOT

FROM maven:3.9.11-eclipse-temurin-25 AS build
ARG REVISION
# what Maven builds beside its dependencies: the demo has all providers; for one image of one provider its own name will do
ARG MODULES=demo
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -Pdist -Dquick -Drevision=${REVISION} -pl ${MODULES} -am package
# Maven makes the root file systems of providers, the same as those of the images of `mvn -Pdist package`
RUN mkdir /images && for root in */target/dist/image; do \
      mkdir -m 1777 "$root/tmp" && mv "$root" "/images/${root%%/*}"; done \
 && mkdir /archives && mv */target/dist/*.par.gz /archives

# the demo, and the folders of its user that its volumes begin with
FROM build AS demo-root
RUN mkdir -p /root-of-demo/opt/demo/lib \
 && cp demo/target/demo.jar demo/target/lib/*.jar /root-of-demo/opt/demo/lib/ \
 && rm -f /root-of-demo/opt/demo/lib/s3proxy-*.jar \
 && cp demo/src/main/docker/stack /root-of-demo/opt/demo/stack \
 && mkdir -p /folders/run/wasmcloud \
      /folders/volumes/nats /folders/volumes/valkey /folders/volumes/s3 /folders/volumes/host

FROM eclipse-temurin:21.0.5_11-jre AS demo
COPY --from=demo-root /root-of-demo /
COPY --from=demo-root --chown=65532:65532 /folders/run/wasmcloud /run/wasmcloud
COPY --from=demo-root --chown=65532:65532 /folders/volumes /volumes
USER 65532:65532
ENTRYPOINT ["java", "@/opt/demo/stack"]

# the same with the archives of all providers, for compose.host.yaml
FROM demo AS demo-host
COPY --from=build /archives /opt/demo/archives

# a provider: nothing else is in the image, not even a shell
FROM scratch AS provider
ARG PROVIDER
ARG REVISION
LABEL org.opencontainers.image.title=${PROVIDER} \
      org.opencontainers.image.version=${REVISION} \
      org.opencontainers.image.source=https://github.com/wasmCloud/wasmcloud-java-providers \
      org.opencontainers.image.licenses=Apache-2.0
COPY --from=build /images/${PROVIDER} /
ENV LC_ALL=C.UTF-8 MALLOC_ARENA_MAX=2
USER 65532:65532
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=10s --retries=3 \
    CMD ["/provider/bin/java", "@/provider/health"]
ENTRYPOINT ["/provider/bin/java", "@/provider/options"]
